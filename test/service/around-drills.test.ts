import { appendFileSync } from 'node:fs'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { RunningService } from '../browser/running-service.ts'
import {
  type Alert,
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
import { syslogReceiver, webhookReceiver } from './receivers.ts'
import { TapSender } from './tap-sender.ts'

const HEAP_MIB = 96

const { place, receiver, stops } = drillBench()

describe.skipIf(process.platform === 'win32')('drills of what is around a service', () => {
  it('drill 5: clocks an hour off, at 1970 or in the next century find the same, and time goes on', async () => {
    const { hook, alerts } = await receiver()
    const drill = place({ alerts })
    const service = await drill.start()
    const now = nowSeconds()
    const starts = [now, now + 3500, now - 3600, 0, 4_102_444_800, now]
    for (const [index, start] of starts.entries()) {
      const renamed = [...logLines(1, 150, start, index + 1)].map((line) => line.replaceAll('tunnel0', `clock${index}`))
      appendFileSync(drill.log, renamed.join(''))
    }
    await service.until(() => domainsOf(alertsOf(hook.got)).length === starts.length, 'alerts of every clock')
    expect(domainsOf(alertsOf(hook.got))).toEqual(starts.map((_, index) => `clock${index}.test`))
  }, 60_000)

  it(
    'drill 7: a receiver of dnstap that restarts under load is found again by its sender, and tells the incident once',
    async () => {
      const { hook, alerts } = await receiver()
      const drill = place({ alerts })
      const tap = `${drill.folder}/dnstap.sock`
      drill.write({ sources: [`dnstap:unix:${tap}`] })
      const sender = new TapSender(tap)
      stops.push(() => sender.stop())
      let service = await drill.start()
      const { token } = service
      sender.start(500)
      await service.until(() => hook.got.length > 0, 'the first alert')
      for (let restart = 0; restart < 2 * TIMES; restart++) {
        if (restart % 2 === 0) service.child.kill('SIGKILL')
        else service.child.kill('SIGTERM')
        await service.ended
        await sleep(300)
        service = await drill.start()
        const { rowsTotal } = await health(service, token)
        await service.until(
          async () => (await health(service, token)).rowsTotal > rowsTotal + 200,
          'rows after the restart',
        )
      }
      // Somebody who connects and says nothing holds up nobody.
      const silent = connect(tap)
      stops.push(() => silent.destroy())
      await sleep(500)
      const { total } = (await service.ask('/api/incidents?search=', {}, token)).body as { total: number }
      expect(total).toBe(1)
      expect(new Set(alertsOf(hook.got).map(({ id }) => id)).size).toBe(1)
    },
    120_000 * TIMES,
  )

  it('drill 8: targets that are down, slow or refuse hold up nothing; afterwards all is sent, in order, once', async () => {
    const { hook, alerts } = await receiver()
    const syslog = await syslogReceiver()
    stops.push(syslog.stop)
    const collector = {
      type: 'syslog',
      name: 'collector',
      transport: 'tcp',
      host: '127.0.0.1',
      port: syslog.port,
      format: 'json',
    }
    const drill = place({ alerts: [...alerts, collector] })
    hook.state.status = 500
    const service = await drill.start()
    const { token } = service
    const lines = [...logLines(4, 150, nowSeconds())]
    appendFileSync(drill.log, lines.slice(0, lines.length / 2).join(''))
    await service.until(() => syslog.got.length >= 2, 'alerts by syslog')
    const down = await health(service, token)
    expect(down.state).toBe('degraded')
    expect(down.troubles).toContain('hook answers 500. It is tried again.')
    expect(down.targets[0].waiting).toBeGreaterThan(0)
    hook.state.status = 429
    syslog.reset()
    await sleep(300)
    appendFileSync(drill.log, lines.slice(lines.length / 2).join(''))
    const json = () => syslog.got.map(({ body }) => JSON.parse(body.slice(body.indexOf('{'))) as Alert)
    await service.until(() => domainsOf(json()).length === 4, 'the rest by syslog')
    expectEachOnce(json())
    // A restart keeps what waits.
    expect(await service.stop()).toBe(0)
    hook.state.status = 200
    const again = await drill.start()
    await again.until(async () => (await health(again, token)).targets[0].waiting === 0, 'what waited')
    expect(domainsOf(alertsOf(hook.got))).toEqual(['tunnel0.test', 'tunnel1.test', 'tunnel2.test', 'tunnel3.test'])
    expectEachOnce(alertsOf(hook.got))
    expect((await health(again, token)).state).toBe('running')
  }, 90_000)

  it('drill 9: who is asked about domains is hanging or refuses; alerts go out as ever, and what is not known is said', async () => {
    const { hook, alerts } = await receiver()
    const others = await webhookReceiver()
    stops.push(others.stop)
    others.state.status = 429
    const base = `http://127.0.0.1:${others.port}`
    const drill = place({ alerts, enrich: { kinds: ['age', 'reputation'] } })
    const service = await drill.start([], {
      ...{
        WAKEFUL_VIRUSTOTAL_URL: `${base}/vt`,
        WAKEFUL_RDAP_BOOTSTRAP: `${base}/rdap.json`,
        WAKEFUL_WHOIS: '127.0.0.1:9',
      },
      VIRUSTOTAL_API_KEY: 'key',
    })
    const { token } = service
    appendFileSync(drill.log, [...logLines(1, 150, nowSeconds())].join(''))
    await service.until(() => hook.got.length > 0, 'the first alert')
    const [{ id }] = alertsOf(hook.got)
    const facts = async () =>
      (
        (await service.ask(`/api/incidents/${id}`, {}, token)).body as {
          facts: { missing: Record<string, string> } | null
        }
      ).facts
    await service.until(async () => (await facts()) !== null, 'to know that nobody knows')
    expect(Object.keys((await facts())!.missing).sort()).toEqual(['age', 'reputation'])
    others.state.hang = true
    appendFileSync(drill.log, [...logLines(3, 150, nowSeconds(), 9)].join(''))
    await service.until(() => domainsOf(alertsOf(hook.got)).length === 3, 'alerts beside a peer that hangs')
    expect((await health(service, token)).state).toBe('running')
    expect(await service.stop()).toBe(0)
  }, 60_000)

  it(
    'drill 10: in a small heap, with a target that hangs, what cannot be judged is dropped and counted exactly',
    async () => {
      const { hook, alerts } = await receiver()
      hook.state.hang = true
      const drill = place({ alerts })
      const tap = `${drill.folder}/dnstap.sock`
      drill.write({ sources: [`dnstap:unix:${tap}`] })
      const service = await drill.start([`--max-old-space-size=${HEAP_MIB}`])
      const { token } = service
      const sender = new TapSender(tap)
      stops.push(() => sender.stop())
      const pairs = 200_000 * TIMES
      await sender.flood(pairs)
      await service.until(async () => {
        const { sources, rowsTotal } = await health(service, token)
        return sources[0].rows > 0 && rowsTotal === sources[0].rows && 2 * pairs === (await frames(service, token))
      }, 'every frame to be accounted for')
      const { sources, dropped, rssMiB } = await health(service, token)
      console.log(
        `drill 10: ${2 * pairs} frames, ${dropped} dropped, ${sources[0].rows} exchanges judged, ${rssMiB} MiB resident`,
      )
      expect(rssMiB).toBeLessThan(400)
      expect(await service.stop()).toBe(0)
    },
    120_000 * TIMES,
  )
})

/** Frames that came by: those that were read, and those that were dropped. */
async function frames(service: RunningService, token: string): Promise<number> {
  const { sources } = (await service.ask('/api/health', {}, token)).body as {
    sources: { packets: number; dropped: number }[]
  }
  return sources[0].packets + sources[0].dropped
}
