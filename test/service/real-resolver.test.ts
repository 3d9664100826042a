import { spawnSync } from 'node:child_process'
import type { Socket } from 'node:dgram'
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Chromium, findChromium } from '../browser/chromium.ts'
import { Page } from '../browser/page.ts'
import { RunningService } from '../browser/running-service.ts'
import { Cli, objectsOf } from '../cli/run-cli.ts'
import { syslogReceiver, webhookReceiver } from './receivers.ts'
import { ask, everyName, traffic, Unbound } from './resolver-bench.ts'

/*
 * All of this runs inside a network namespace that has a loopback and no route: whatever a resolver, or a mistake of ours, would ask of
 * the world cannot leave. The first test starts this file again inside one.
 */
const isInside = process.env.WAKEFUL_NAMESPACE === 'inside'
const lack = lackOf()

/** Why it cannot be run here; nothing where it can. */
function lackOf(): string | undefined {
  if (process.platform !== 'linux') return 'this is no Linux.'
  const missing = ['unbound', 'ip', 'unshare'].filter((name) => spawnSync('which', [name]).status !== 0)
  if (missing.length > 0) return `${missing.join(', ')} is not installed (apt-get install unbound iproute2).`
  return spawnSync('unshare', ['-n', 'true']).status === 0 ? undefined : 'network namespaces may not be made here.'
}

if (lack !== undefined) console.warn(`SKIPPED: no real resolver is watched: ${lack}`)

describe.skipIf(lack !== undefined || isInside)('a real resolver, in a namespace without a route', () => {
  it('is watched by its dnstap and its query log, end to end', () => {
    const words = ['vitest', 'run', '--config', 'vitest.shared.config.ts', 'test/service/real-resolver.test.ts']
    const env = { ...process.env, WAKEFUL_NAMESPACE: 'inside', NO_COLOR: '1' }
    const inner = ['-n', 'sh', '-c', `ip link set lo up && exec npx ${words.join(' ')}`]
    const { status, stdout, stderr } = spawnSync('unshare', inner, { env, encoding: 'utf8' })
    expect(status, stdout + stderr).toBe(0)
    console.log(/^.* s after it crossed.*$/m.exec(stdout)?.[0])
  }, 240_000)
})

const PORT = 5355
const FORWARD = 5399
/** An alert has to be everywhere this long after the account, or the test, crossed its line. */
const ALERT_MAX_MS = 5000

describe.skipIf(!isInside)('unbound, watched', () => {
  let cli: Cli
  let names: Socket
  let unbound: Unbound
  let service: RunningService
  let browser: Chromium | undefined
  let hook: Awaited<ReturnType<typeof webhookReceiver>>
  let syslog: Awaited<ReturnType<typeof syslogReceiver>>

  beforeAll(async () => {
    cli = await Cli.build()
    hook = await webhookReceiver()
    syslog = await syslogReceiver()
    names = await everyName(FORWARD)
    const tap = cli.at('dnstap.sock')
    unbound = new Unbound(cli.folder, tap, PORT, FORWARD)
    const config = {
      journal: cli.at('journal'),
      sources: [`dnstap:unix:${tap}`, `unbound:${unbound.log}`],
      alerts: [
        { type: 'webhook', name: 'hook', url: `http://127.0.0.1:${hook.port}/`, allowNetworks: ['127.0.0.0/8'] },
        { type: 'syslog', name: 'collector', transport: 'tcp', host: '127.0.0.1', port: syslog.port },
      ],
      blocklist: { rpz: unbound.rpz, enabled: true, minSeverity: 'medium' },
    }
    // JSON is YAML.
    writeFileSync(cli.at('wakeful.yaml'), JSON.stringify(config))
    service = await RunningService.start(cli.path, ['-c', cli.at('wakeful.yaml')])
    await unbound.start()
    const command = findChromium()
    if (command) browser = new Chromium(command)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await unbound?.stop()
    await service?.stop()
    names?.close()
    hook?.stop()
    syslog?.stop()
    cli?.remove()
  })

  it('tells one incident within five seconds, on the dashboard and to everybody; its policy zone blocks the domain', async () => {
    const page = browser && (await Page.open(browser, `${service.address}/#/token/${service.token}`, { width: 1280 }))
    let leaking = false
    const sender = traffic(PORT, 200, () => leaking)
    const rows = async () => ((await service.ask('/api/health')).body as { rowsTotal: number }).rowsTotal
    await service.until(async () => (await rows()) > 1000, 'a thousand benign exchanges')
    expect(hook.got).toEqual([])
    leaking = true
    await service.until(() => hook.got.length > 0 && syslog.got.length > 0, 'alerts')
    await page?.until(`document.querySelector('.incidents a')?.textContent === 'evil.test'`)
    const seenMs = Date.now()
    await service.until(() => readFileSync(unbound.rpz, 'utf8').includes('evil.test CNAME .'), 'the policy zone')
    const blockedMs = Date.now()

    const [first] = hook.got.map(({ body }) => JSON.parse(body))
    expect(first).toMatchObject({
      kind: 'incident',
      revision: 1,
      registeredDomain: 'evil.test',
      clients: ['127.0.1.1'],
    })
    const crossedMs = Date.parse(first.alertedAt)
    const took = [hook.got[0].atMs, syslog.got[0].atMs, seenMs, blockedMs].map((atMs) => atMs - crossedMs)
    console.log(
      `webhook, syslog, ${page ? 'dashboard' : '(no browser)'}, policy zone: ${took.map((ms) => (ms / 1000).toFixed(2)).join(', ')} s after it crossed its line, at query ${first.queriesBeforeAlert}`,
    )
    for (const ms of took) expect(ms).toBeLessThan(ALERT_MAX_MS)
    expect(syslog.got[0].body).toMatch(
      /^<3\d>1 \S+ \S+ wakeful \d+ incident - CEF:0\|wakeful\|.*destinationDnsDomain=evil\.test/,
    )

    expect(await ask(PORT, 'before.evil.test', '127.0.0.1')).toBe('NOERROR')
    expect(unbound.reload()).toContain('ok')
    expect(await ask(PORT, 'after.evil.test', '127.0.0.1')).toBe('NXDOMAIN')
    expect(await ask(PORT, 'evil.test', '127.0.0.1')).toBe('NXDOMAIN')
    expect(await ask(PORT, 'www.site1.test', '127.0.0.1')).toBe('NOERROR')
    leaking = false
    await new Promise((resolve) => setTimeout(resolve, 1500))
    sender.stop()

    const { body } = await service.ask('/api/incidents?search=')
    const { incidents } = body as { incidents: { incident: { registeredDomain: string } }[] }
    expect(incidents.map(({ incident }) => incident.registeredDomain)).toEqual(['evil.test'])
    // Both sources saw every query, and each query counts once.
    await new Promise((resolve) => setTimeout(resolve, 2000))
    const health = (await service.ask('/api/health')).body as {
      rowsTotal: number
      dropped: number
      sources: { name: string; rows: number; seenElsewhere: number }[]
    }
    const [seenA, seenB] = health.sources.map(({ seenElsewhere }) => seenElsewhere)
    expect(health.dropped).toBe(0)
    for (const { rows: read } of health.sources) expect(read).toBeGreaterThanOrEqual(sender.sent)
    expect(health.rowsTotal).toBeLessThan(sender.sent * 1.02 + 50)
    expect(seenA + seenB).toBeGreaterThan(sender.sent * 0.97)
  }, 120_000)

  it('ends by SIGTERM with all it knows kept, and knows it again', async () => {
    expect(await service.stop()).toBe(0)
    const again = await RunningService.start(cli.path, ['-c', cli.at('wakeful.yaml')])
    const { token } = service
    const { body } = await again.ask('/api/incidents?search=is:open', {}, token)
    expect((body as { total: number }).total).toBe(1)
    const ids = objectsOf(hook.got.map(({ body: text }) => text).join('')).map(
      ({ id, revision }) => `${id}/${revision}`,
    )
    expect(new Set(ids).size).toBe(ids.length)
    expect(await again.stop()).toBe(0)
  }, 60_000)
})
