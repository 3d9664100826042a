import { mkdirSync, writeFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { createRandom } from '../../src/stats/random.ts'
import { RunningService } from '../browser/running-service.ts'
import { Cli } from '../cli/run-cli.ts'
import { webhookReceiver } from './receivers.ts'

/** How many times as long as in CI the drills are: `npm run drill:service` makes it twenty. */
export const TIMES = Number(process.env.WAKEFUL_DRILL_TIMES ?? '1')

/** What one drill works with: a folder, a log and a configuration of its own. */
export interface DrillPlace {
  readonly log: string
  readonly folder: string
  readonly journal: string
  /** Writes the configuration anew, with more in it. */
  write(more?: object): void
  start(flags?: string[], env?: Record<string, string>): Promise<RunningService>
}

/** The services, receivers and folders of a file's drills; what is left of them ends after each. Called once a file. */
export function drillBench() {
  let cli: Cli
  let count = 0
  const running: RunningService[] = []
  const stops: (() => void)[] = []
  beforeAll(async () => {
    cli = await Cli.build()
  }, 120_000)
  afterAll(() => cli.remove())
  afterEach(async () => {
    for (const service of running.splice(0)) {
      service.child.kill('SIGKILL')
      await service.ended
    }
    for (const stop of stops.splice(0)) stop()
  })

  function place(config: object = {}): DrillPlace {
    const name = `drill${++count}`
    mkdirSync(cli.at(name))
    const log = cli.at(name, 'unbound.log')
    const path = cli.at(name, 'wakeful.yaml')
    const journal = cli.at(name, 'journal')
    const write = (more: object = {}) =>
      writeFileSync(path, JSON.stringify({ journal, sources: [`unbound:${log}`], ...config, ...more }))
    write()
    writeFileSync(log, '')
    return {
      ...{ log, write, folder: cli.at(name), journal },
      async start(flags = [], env = {}) {
        const service = await RunningService.start(cli.path, ['-c', path], env, flags)
        running.push(service)
        return service
      },
    }
  }

  /** A receiver of alerts, and the configuration that sends them there. */
  async function receiver() {
    const hook = await webhookReceiver()
    stops.push(hook.stop)
    const alerts = [
      { type: 'webhook', name: 'hook', url: `http://127.0.0.1:${hook.port}/`, allowNetworks: ['127.0.0.0/8'] },
    ]
    return { hook, alerts }
  }

  return { place, receiver, stops }
}

/** Lines of a query log: traffic that is none of ours, and `tunnels` that begin one after the other. */
export function* logLines(tunnels: number, each: number, startSeconds: number, seed = 1): Generator<string> {
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

export const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
export type Alert = { id: string; revision: number; registeredDomain: string; bytesOut: number }
export const alertsOf = (got: readonly { body: string }[]): Alert[] => got.map(({ body }) => JSON.parse(body))
export const domainsOf = (alerts: readonly Alert[]) =>
  [...new Set(alerts.map(({ registeredDomain }) => registeredDomain))].sort()
/** What a service says of itself. */
export const health = async (service: RunningService, token: string) =>
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
export function expectEachOnce(alerts: readonly Alert[]): void {
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
/** A while ago: what a log says was then. */
export const nowSeconds = () => Math.floor(Date.now() / 1000) - 600
