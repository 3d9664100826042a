import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../src/stats/random.ts'
import { ROOT } from '../house/tree.ts'
import { Cli, objectsOf } from './run-cli.ts'

let cli: Cli
beforeAll(async () => {
  cli = await Cli.build()
}, 120_000)
afterAll(() => cli.remove())

/** Queries that carry 24 octets each, as hex: a tunnel, however it is logged. */
const random = createRandom(8)
const names = Array.from(
  { length: 60 },
  () => `${Array.from({ length: 48 }, () => Math.floor(random() * 16).toString(16)).join('')}.t.evil.example`,
)

/** Resolves when what the process printed is as it should be; the runner's own time limit ends it where it never is. */
async function printed(child: ChildProcessWithoutNullStreams, out: string[], isEnough: (text: string) => boolean) {
  while (!isEnough(out.join(''))) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${out.join('')}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function start(...words: string[]) {
  const child = spawn(process.execPath, [cli.path, 'watch', ...words], { cwd: ROOT })
  const out: string[] = []
  const err: string[] = []
  child.stdout.on('data', (chunk) => out.push(String(chunk)))
  child.stderr.on('data', (chunk) => err.push(String(chunk)))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, out, err, ended }
}

const incidentsOf = (text: string) =>
  objectsOf(text.slice(0, text.lastIndexOf('\n') + 1)).filter(({ kind }) => kind === 'incident')

const predictionsOf = (text: string) => text.split('"kind":"prediction"').length - 1

describe.skipIf(process.platform === 'win32')('watch, on logs that grow', () => {
  it('tells an incident while the log is written, goes on behind a rotation, and ends with all it read', async () => {
    const log = cli.at('unbound.log')
    const eve = cli.at('eve.json')
    const health = cli.at('health.json')
    const healthNow = () => JSON.parse(readFileSync(health, 'utf8'))
    const line = (name: string, i: number) => `[${1_795_000_000 + i}] unbound[7:0] info: 10.0.0.9 ${name}. TXT IN\n`
    writeFileSync(log, '[1795000000] unbound[7:0] info: start of service (unbound 1.17.1).\n')
    const { child, out, err, ended } = start('--from', `unbound:${log}`, `eve:${eve}`, '--to', '-', '--health', health)
    await printed(child, err, (text) => text.includes('eve.json is not there yet'))
    names.slice(0, 20).forEach((name, i) => {
      appendFileSync(log, line(name, i))
    })
    await printed(child, out, (text) => incidentsOf(text).length > 0)
    expect(incidentsOf(out.join(''))[0]).toMatchObject({ registeredDomain: 'evil.example', clients: ['10.0.0.9'] })
    await printed(child, out, () => existsSync(health) && healthNow().state === 'degraded')
    expect(healthNow().troubles).toEqual([`${eve} is not there yet: it is read when it is.`])
    renameSync(log, `${log}.1`)
    writeFileSync(
      log,
      names
        .slice(20, 40)
        .map((name, i) => line(name, 20 + i))
        .join(''),
    )
    const event = (name: string, i: number) => ({
      ...{ timestamp: new Date(1_795_000_040_000 + i * 1000).toISOString(), event_type: 'dns', src_ip: '10.0.0.9' },
      ...{ dest_ip: '10.0.0.1', dest_port: 53, proto: 'UDP', flow_id: i },
      dns: { version: 3, type: 'request', id: i, queries: [{ rrname: name, rrtype: 'TXT' }] },
    })
    writeFileSync(
      eve,
      names
        .slice(40)
        .map((name, i) => `${JSON.stringify(event(name, i))}\n`)
        .join(''),
    )
    // The last queries of each log still wait for their answers; a file as small as these is read at once.
    await printed(child, out, (text) => predictionsOf(text) >= 46)
    await printed(child, out, () => healthNow().state === 'running')
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(incidentsOf(out.join('')).at(-1)).toMatchObject({ registeredDomain: 'evil.example', queries: 60 })
    expect(err.join('')).toContain('unbound.log: 40 exchanges, 0 lines broken, 1 about something else.')
    expect(err.join('')).toContain('eve.json: 20 exchanges')
  })

  it('says in one sentence that logs and files do not go together', () => {
    const { code, err } = cli.run(['watch', '--from', 'bind:/var/log/named.log', 'samples'])
    expect([code, err.trim().split('\n').length]).toEqual([64, 1])
    expect(err).toContain('is no live source')
  })
})
