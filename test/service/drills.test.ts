import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../src/stats/random.ts'
import { RunningService } from '../browser/running-service.ts'
import { Cli } from '../cli/run-cli.ts'
import { syslogReceiver, webhookReceiver } from './receivers.ts'
import { TapSender } from './tap-sender.ts'

/*
 * The fault drills of a service (what peers were broken by). Short here; `npm run drill:service` makes them WAKEFUL_DRILL_TIMES as long.
 */
const TIMES = Number(process.env.WAKEFUL_DRILL_TIMES ?? '1')
const HEAP_MIB = 96

let cli: Cli
beforeAll(async () => {
  cli = await Cli.build()
}, 120_000)
afterAll(() => cli.remove())

const running: RunningService[] = []
const stops: (() => void)[] = []
afterEach(async () => {
  for (const service of running.splice(0)) {
    service.child.kill('SIGKILL')
    await service.ended
  }
  for (const stop of stops.splice(0)) stop()
})

let count = 0
/** A folder, a log and a configuration of its own for each drill. */
function bench(config: object = {}) {
  const name = `drill${++count}`
  mkdirSync(cli.at(name))
  const log = cli.at(name, 'unbound.log')
  const path = cli.at(name, 'wakeful.yaml')
  const write = (more: object = {}) =>
    writeFileSync(
      path,
      JSON.stringify({ journal: cli.at(name, 'journal'), sources: [`unbound:${log}`], ...config, ...more }),
    )
  write()
  writeFileSync(log, '')
  return {
    ...{ log, write, folder: cli.at(name), journal: cli.at(name, 'journal') },
    async start(flags: string[] = [], env: Record<string, string> = {}): Promise<RunningService> {
      const service = await RunningService.start(cli.path, ['-c', path], env, flags)
      running.push(service)
      return service
    },
  }
}

/** Lines of a query log: traffic that is none of ours, and `tunnels` that begin one after the other. */
function* logLines(tunnels: number, each: number, startSeconds: number, seed = 1): Generator<string> {
  const random = createRandom(seed)
  const hex = () => Math.floor(random() * 16).toString(16)
  let at = 0
  for (let tunnel = 0; tunnel < tunnels; tunnel++) {
    for (let i = 0; i < each; i++, at++) {
      const time = startSeconds + Math.floor(at / 20)
      yield `[${time}] unbound[7:0] info: 10.0.1.${1 + (at % 50)} www.site${at % 40}.test. A IN\n`
      if (i % 3 === 0)
        yield `[${time}] unbound[7:0] info: 10.0.0.${tunnel + 1} ${Array.from({ length: 40 }, hex).join('')}.t.tunnel${tunnel}.test. TXT IN\n`
    }
  }
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
type Alert = { id: string; revision: number; registeredDomain: string; bytesOut: number }
const alertsOf = (got: readonly { body: string }[]): Alert[] => got.map(({ body }) => JSON.parse(body))
const domainsOf = (alerts: readonly Alert[]) =>
  [...new Set(alerts.map(({ registeredDomain }) => registeredDomain))].sort()
const health = async (service: RunningService, token: string) =>
  (await service.ask('/api/health', {}, token)).body as {
    state: string
    troubles: string[]
    rowsTotal: number
    dropped: number
    rssMiB: number
    sources: { rows: number; dropped: number }[]
    targets: { waiting: number; sent: number; refused: number; dropped: number }[]
  }

/** One id a domain, and revisions that only grow: nothing told twice, nothing out of order. */
function expectEachOnce(alerts: readonly Alert[]): void {
  const keys = alerts.map(({ id, revision }) => `${id}/${revision}`)
  expect(new Set(keys).size).toBe(keys.length)
  const ids = new Map<string, string>()
  const last = new Map<string, number>()
  for (const { id, revision, registeredDomain } of alerts) {
    expect(ids.get(registeredDomain) ?? id, registeredDomain).toBe(id)
    expect(revision).toBeGreaterThan(last.get(id) ?? 0)
    ids.set(registeredDomain, id)
    last.set(id, revision)
  }
}

async function receiver() {
  const hook = await webhookReceiver()
  stops.push(hook.stop)
  const alerts = [
    { type: 'webhook', name: 'hook', url: `http://127.0.0.1:${hook.port}/`, allowNetworks: ['127.0.0.0/8'] },
  ]
  return { hook, alerts }
}

const nowSeconds = () => Math.floor(Date.now() / 1000) - 600

describe.skipIf(process.platform === 'win32')('drills of a service', () => {
  it(
    'drill 1: killed again and again while a log grows, it loses no incident and tells none twice',
    async () => {
      const { hook, alerts } = await receiver()
      const place = bench({ alerts })
      const tunnels = 6
      const lines = [...logLines(tunnels, 150, nowSeconds())]
      const kills = 5 * TIMES
      const random = createRandom(3)
      let token = ''
      let at = 0
      for (let kill = 0; kill <= kills; kill++) {
        const service = await place.start()
        token ||= service.token
        const until = kill === kills ? lines.length : Math.floor((lines.length * (kill + random())) / (kills + 1))
        for (; at < until; at += 20) {
          appendFileSync(place.log, lines.slice(at, Math.min(until, at + 20)).join(''))
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
    const place = bench({ alerts })
    const lines = [...logLines(2, 300, nowSeconds())]
    const [first, second, third] = [0, 1, 2].map((i) =>
      lines.slice((i * lines.length) / 3, ((i + 1) * lines.length) / 3),
    )
    appendFileSync(place.log, first.join(''))
    const one = await place.start()
    const { token } = one
    await one.until(async () => (await health(one, token)).rowsTotal === first.length, 'the first part')
    expect(await one.stop()).toBe(0)
    appendFileSync(place.log, second.join(''))
    renameSync(place.log, `${place.log}.1`)
    writeFileSync(place.log, third.join(''))
    const two = await place.start()
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
    const place = bench()
    appendFileSync(place.log, [...logLines(1, 300, nowSeconds())].join(''))
    const one = await place.start()
    const { token } = one
    const openOf = async (service: RunningService) =>
      ((await service.ask('/api/incidents?search=is:open', {}, token)).body as { total: number }).total
    await one.until(async () => (await openOf(one)) === 1, 'the incident')
    expect(await one.stop()).toBe(0)
    const checkpoint = `${place.journal}/stream.checkpoint`
    truncateSync(checkpoint, Math.floor(readFileSync(checkpoint).length / 2))
    truncateSync(
      `${place.journal}/journal-00000001.ndjson`,
      readFileSync(`${place.journal}/journal-00000001.ndjson`).length - 9,
    )
    const two = await place.start()
    await two.until(async () => (await openOf(two)) === 1, 'the incident, again')
    const { state, troubles } = await health(two, token)
    expect(state).toBe('degraded')
    expect(troubles.join(' ')).toContain('cut short')
    expect(await two.stop()).toBe(0)
    writeFileSync(`${place.journal}/tokens.json`, '{"half')
    await expect(place.start()).rejects.toThrow(/tokens.json does not hold what it should/)
  }, 60_000)

  it('drill 4: a full disk is told of, stops no alert, and is written to when there is room', async ({ skip }) => {
    const { hook, alerts } = await receiver()
    const place = bench({ alerts })
    mkdirSync(place.journal)
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', place.journal]).status !== 0) {
      console.warn('SKIPPED: a file system of two mebibytes cannot be mounted here, so no disk was filled.')
      skip()
    }
    stops.push(() => void spawnSync('umount', ['-l', place.journal]))
    const service = await place.start()
    const { token } = service
    writeFileSync(`${place.journal}/ballast`, '')
    spawnSync('dd', ['if=/dev/zero', `of=${place.journal}/ballast`, 'bs=4k', 'count=4096'])
    appendFileSync(place.log, [...logLines(2, 200, nowSeconds())].join(''))
    await service.until(() => domainsOf(alertsOf(hook.got)).length === 2, 'alerts on a full disk')
    const full = await health(service, token)
    expect(full.state).toBe('degraded')
    expect(full.troubles.join(' ')).toMatch(/journal.*cannot be written.*ENOSPC/)
    rmSync(`${place.journal}/ballast`)
    await service.until(async () => (await health(service, token)).state === 'running', 'to recover')
    service.child.kill('SIGKILL')
    await service.ended
    const again = await place.start()
    const { total } = (await again.ask('/api/incidents?search=is:open', {}, token)).body as { total: number }
    expect(total).toBe(2)
    expectEachOnce(alertsOf(hook.got))
  }, 60_000)

  it('drill 5: clocks an hour off, at 1970 or in the next century find the same, and time goes on', async () => {
    const { hook, alerts } = await receiver()
    const place = bench({ alerts })
    const service = await place.start()
    const now = nowSeconds()
    const starts = [now, now + 3500, now - 3600, 0, 4_102_444_800, now]
    for (const [index, start] of starts.entries()) {
      const renamed = [...logLines(1, 150, start, index + 1)].map((line) => line.replaceAll('tunnel0', `clock${index}`))
      appendFileSync(place.log, renamed.join(''))
    }
    await service.until(() => domainsOf(alertsOf(hook.got)).length === starts.length, 'alerts of every clock')
    expect(domainsOf(alertsOf(hook.got))).toEqual(starts.map((_, index) => `clock${index}.test`))
  }, 60_000)

  it(
    'drill 7: a receiver of dnstap that restarts under load is found again by its sender, and tells the incident once',
    async () => {
      const { hook, alerts } = await receiver()
      const place = bench({ alerts })
      const tap = `${place.folder}/dnstap.sock`
      place.write({ sources: [`dnstap:unix:${tap}`] })
      const sender = new TapSender(tap)
      stops.push(() => sender.stop())
      let service = await place.start()
      const { token } = service
      sender.start(500)
      await service.until(() => hook.got.length > 0, 'the first alert')
      for (let restart = 0; restart < 2 * TIMES; restart++) {
        if (restart % 2 === 0) service.child.kill('SIGKILL')
        else service.child.kill('SIGTERM')
        await service.ended
        await sleep(300)
        service = await place.start()
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
    const place = bench({ alerts: [...alerts, collector] })
    hook.state.status = 500
    const service = await place.start()
    const { token } = service
    const lines = [...logLines(4, 150, nowSeconds())]
    appendFileSync(place.log, lines.slice(0, lines.length / 2).join(''))
    await service.until(() => syslog.got.length >= 2, 'alerts by syslog')
    const down = await health(service, token)
    expect(down.state).toBe('degraded')
    expect(down.troubles).toContain('hook answers 500. It is tried again.')
    expect(down.targets[0].waiting).toBeGreaterThan(0)
    hook.state.status = 429
    syslog.reset()
    await sleep(300)
    appendFileSync(place.log, lines.slice(lines.length / 2).join(''))
    const json = () => syslog.got.map(({ body }) => JSON.parse(body.slice(body.indexOf('{'))) as Alert)
    await service.until(() => domainsOf(json()).length === 4, 'the rest by syslog')
    expectEachOnce(json())
    // A restart keeps what waits.
    expect(await service.stop()).toBe(0)
    hook.state.status = 200
    const again = await place.start()
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
    const place = bench({ alerts, enrich: { kinds: ['age', 'reputation'] } })
    const service = await place.start([], {
      ...{
        WAKEFUL_VIRUSTOTAL_URL: `${base}/vt`,
        WAKEFUL_RDAP_BOOTSTRAP: `${base}/rdap.json`,
        WAKEFUL_WHOIS: '127.0.0.1:9',
      },
      VIRUSTOTAL_API_KEY: 'key',
    })
    const { token } = service
    appendFileSync(place.log, [...logLines(1, 150, nowSeconds())].join(''))
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
    appendFileSync(place.log, [...logLines(3, 150, nowSeconds(), 9)].join(''))
    await service.until(() => domainsOf(alertsOf(hook.got)).length === 3, 'alerts beside a peer that hangs')
    expect((await health(service, token)).state).toBe('running')
    expect(await service.stop()).toBe(0)
  }, 60_000)

  it(
    'drill 10: in a small heap, with a target that hangs, what cannot be judged is dropped and counted exactly',
    async () => {
      const { hook, alerts } = await receiver()
      hook.state.hang = true
      const place = bench({ alerts })
      const tap = `${place.folder}/dnstap.sock`
      place.write({ sources: [`dnstap:unix:${tap}`] })
      const service = await place.start([`--max-old-space-size=${HEAP_MIB}`])
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
