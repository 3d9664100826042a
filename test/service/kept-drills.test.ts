import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../src/stats/random.ts'
import type { RunningService } from '../browser/running-service.ts'
import {
  alertsOf,
  domainsOf,
  drillBench,
  expectEachOnce,
  health,
  logLines,
  nowSeconds,
  sleep,
  TIMES,
} from './drill-bench.ts'

const { place, receiver, stops } = drillBench()

describe.skipIf(process.platform === 'win32')('drills of what a service keeps', () => {
  it(
    'drill 1: killed again and again while a log grows, it loses no incident and tells none twice',
    async () => {
      const { hook, alerts } = await receiver()
      const drill = place({ alerts })
      const tunnels = 6
      const lines = [...logLines(tunnels, 150, nowSeconds())]
      const kills = 5 * TIMES
      const random = createRandom(3)
      let token = ''
      let at = 0
      for (let kill = 0; kill <= kills; kill++) {
        const service = await drill.start()
        token ||= service.token
        const until = kill === kills ? lines.length : Math.floor((lines.length * (kill + random())) / (kills + 1))
        for (; at < until; at += 20) {
          appendFileSync(drill.log, lines.slice(at, Math.min(until, at + 20)).join(''))
          await sleep(5)
        }
        at = Math.max(at, until)
        if (kill < kills) {
          await sleep(200 + 800 * random())
          service.child.kill('SIGKILL')
          await service.ended
          continue
        }
        await service.until(
          () => domainsOf(alertsOf(hook.got)).length === tunnels,
          `alerts: ${domainsOf(alertsOf(hook.got))}`,
        )
        await sleep(1500)
        const { total } = (await service.ask('/api/incidents?search=is:open', {}, token)).body as { total: number }
        expect(total).toBe(tunnels)
        expect(await service.stop()).toBe(0)
      }
      // Between the receiver's yes and our note of it a kill means that it is sent again, as the same: receivers know it by its key.
      const seen = new Set<string>()
      const once = alertsOf(hook.got).filter(
        ({ id, revision }) => !seen.has(`${id}/${revision}`) && seen.add(`${id}/${revision}`),
      )
      expectEachOnce(once)
      expect(domainsOf(once)).toEqual(Array.from({ length: tunnels }, (_, i) => `tunnel${i}.test`))
    },
    180_000 * TIMES,
  )

  it('drill 1 and 6: after a clean end it goes on where it was, through a rotation meanwhile, and reads nothing twice', async () => {
    const { hook, alerts } = await receiver()
    const drill = place({ alerts })
    const lines = [...logLines(2, 300, nowSeconds())]
    const [first, second, third] = [0, 1, 2].map((i) =>
      lines.slice((i * lines.length) / 3, ((i + 1) * lines.length) / 3),
    )
    appendFileSync(drill.log, first.join(''))
    const one = await drill.start()
    const { token } = one
    await one.until(async () => (await health(one, token)).rowsTotal === first.length, 'the first part')
    expect(await one.stop()).toBe(0)
    appendFileSync(drill.log, second.join(''))
    renameSync(drill.log, `${drill.log}.1`)
    writeFileSync(drill.log, third.join(''))
    const two = await drill.start()
    await two.until(async () => (await health(two, token)).rowsTotal >= second.length + third.length, 'the rest')
    await sleep(800)
    expect((await health(two, token)).rowsTotal).toBe(second.length + third.length)
    const { incidents } = (await two.ask('/api/incidents?search=sort:time', {}, token)).body as {
      incidents: { incident: { registeredDomain: string; queries: number } }[]
    }
    expect(incidents.map(({ incident }) => incident.registeredDomain).sort()).toEqual(['tunnel0.test', 'tunnel1.test'])
    expect(await two.stop()).toBe(0)
    expectEachOnce(alertsOf(hook.got))
  }, 60_000)

  it('drill 2: a journal, checkpoint or token file that is damaged is told of in a sentence, and costs no incident', async () => {
    const drill = place()
    appendFileSync(drill.log, [...logLines(1, 300, nowSeconds())].join(''))
    const one = await drill.start()
    const { token } = one
    const openOf = async (service: RunningService) =>
      ((await service.ask('/api/incidents?search=is:open', {}, token)).body as { total: number }).total
    await one.until(async () => (await openOf(one)) === 1, 'the incident')
    expect(await one.stop()).toBe(0)
    const checkpoint = `${drill.journal}/stream.checkpoint`
    truncateSync(checkpoint, Math.floor(readFileSync(checkpoint).length / 2))
    truncateSync(
      `${drill.journal}/journal-00000001.ndjson`,
      readFileSync(`${drill.journal}/journal-00000001.ndjson`).length - 9,
    )
    const two = await drill.start()
    await two.until(async () => (await openOf(two)) === 1, 'the incident, again')
    const { state, troubles } = await health(two, token)
    expect(state).toBe('degraded')
    expect(troubles.join(' ')).toContain('cut short')
    expect(await two.stop()).toBe(0)
    writeFileSync(`${drill.journal}/tokens.json`, '{"half')
    await expect(drill.start()).rejects.toThrow(/tokens.json does not hold what it should/)
  }, 60_000)

  it('drill 4: a full disk is told of, stops no alert, and is written to when there is room', async ({ skip }) => {
    const { hook, alerts } = await receiver()
    const drill = place({ alerts })
    mkdirSync(drill.journal)
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', drill.journal]).status !== 0) {
      console.warn('SKIPPED: a file system of two mebibytes cannot be mounted here, so no disk was filled.')
      skip()
    }
    stops.push(() => void spawnSync('umount', ['-l', drill.journal]))
    const service = await drill.start()
    const { token } = service
    writeFileSync(`${drill.journal}/ballast`, '')
    spawnSync('dd', ['if=/dev/zero', `of=${drill.journal}/ballast`, 'bs=4k', 'count=4096'])
    appendFileSync(drill.log, [...logLines(2, 200, nowSeconds())].join(''))
    await service.until(() => domainsOf(alertsOf(hook.got)).length === 2, 'alerts on a full disk')
    const full = await health(service, token)
    expect(full.state).toBe('degraded')
    expect(full.troubles.join(' ')).toMatch(/journal.*cannot be written.*ENOSPC/)
    rmSync(`${drill.journal}/ballast`)
    await service.until(async () => (await health(service, token)).state === 'running', 'to recover')
    service.child.kill('SIGKILL')
    await service.ended
    const again = await drill.start()
    const { total } = (await again.ask('/api/incidents?search=is:open', {}, token)).body as { total: number }
    expect(total).toBe(2)
    expectEachOnce(alertsOf(hook.got))
  }, 60_000)
})
