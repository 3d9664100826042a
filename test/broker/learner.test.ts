import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, truncateSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Broker } from '../../src/broker/broker.ts'
import { parseKafkaAddress } from '../../src/broker/kafka/kafka-address.ts'
import { openKafka } from '../../src/broker/kafka/kafka-broker.ts'
import { temporaryFolder } from '../../src/datasets/manifest.testing.ts'
import { days } from '../../src/pipeline/stream/learned-days.testing.ts'
import { lastRevisions, textsIn } from '../../src/pipeline/stream/stream.testing.ts'
import { versionMessage } from '../../src/sinks/messages/version.ts'
import { runHere } from '../cli/run-here.ts'
import { builtCli } from '../house/built-cli.ts'
import { ROOT } from '../house/tree.ts'
import { fetchedVersions, NO_BROKER, RealBroker } from './real-broker.ts'

const [version] = fetchedVersions().slice(-1)
const PARTS = 2
const DAY_MS = 86_400_000
const START = Math.floor(Date.now() / DAY_MS - 12) * DAY_MS

it('has a broker to learn from', ({ skip }) => {
  if (version !== undefined) return
  if (process.env.CI) throw new Error(NO_BROKER)
  console.warn(NO_BROKER)
  skip()
})

interface Health {
  readonly state: string
  readonly troubles: readonly string[]
  readonly messages: number
  readonly partitions: readonly { lag: number }[]
  readonly learner?: { taught: { malicious: number }; standing: { current?: string; shadow?: string } }
}

describe.runIf(version !== undefined)('wakeful watch --learn, beside a worker', () => {
  let real: RealBroker
  let broker: Broker
  const folder = temporaryFolder()
  const state = join(folder, 'state')
  const running: ChildProcess[] = []
  let said = ''

  const start = (name: string, ...args: string[]) => {
    const health = join(folder, `${name}.json`)
    const from = ['--from', `kafka://${real.address}/raw`, '--state', state, '--health', health]
    const main = resolve(ROOT, 'dist/cli/main.js')
    const child = spawn(process.execPath, [main, 'watch', ...from, '--checkpoint-every', '0.5', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child.stderr.on('data', (chunk) => {
      said += String(chunk)
    })
    running.push(child)
    return async (until: (health: Health) => boolean): Promise<Health> => {
      for (let tries = 0; tries < 600; tries++) {
        const now = existsSync(health) ? (JSON.parse(readFileSync(health, 'utf8')) as Health) : undefined
        if (now && until(now)) return now
        await new Promise((done) => setTimeout(done, 100))
      }
      throw new Error(`${name} never came so far: ${readFileSync(health, 'utf8')}\n${said}`)
    }
  }
  const send = (span: readonly number[], seed: number) => broker.send('raw', days(span, 3, seed, PARTS, START))

  beforeAll(async () => {
    await builtCli()
    real = await RealBroker.start(version)
    const address = parseKafkaAddress(`kafka://${real.address}/raw`)
    if (typeof address === 'string') throw new Error(address)
    broker = await openKafka(address, {}, { onTrouble() {}, onRecovered() {} })
    await broker.create('raw', PARTS)
  }, 120_000)
  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL')
    await broker?.close()
    await real?.stop()
  })

  it('learns, proves a version, gives it the say, takes it back; and a damaged one has none', async () => {
    const worker = start('worker', '--to', `kafka://${real.address}/said`)
    const learner = start('learner', '--learn', '--labels-a-version', '60')
    await send([0, 1, 2], 1)
    await learner(({ learner: at }) => at?.standing.shadow !== undefined)
    await send([3, 4, 5], 2)
    await learner(
      ({ learner: at, partitions }) => at!.taught.malicious >= 350 && partitions.every(({ lag }) => lag === 0),
    )
    // What rows showed is written down by the learner's next tick.
    await new Promise((done) => setTimeout(done, 2500))
    const promoted = await runHere(['model', 'promote', '--learned', '--state', state])
    expect(promoted).toMatchObject({ code: 0, err: expect.stringContaining('has the say') })
    const { standing } = (await learner(({ learner: at }) => at?.standing.current !== undefined)).learner!
    await new Promise((done) => setTimeout(done, 2500))
    await send([6], 3)
    const total = days([0, 1, 2], 3, 1, PARTS).length + days([3, 4, 5], 3, 2, PARTS).length
    const seventh = days([6], 3, 3, PARTS).length
    await worker(({ messages }) => messages >= total + seventh)
    const alerts = [...lastRevisions(await textsIn(broker, 'said')).values()]
    const learned = alerts.filter(({ detectors }) =>
      (detectors as { name: string }[]).some(({ name }) => name === 'learned'),
    )
    expect(learned.length).toBeGreaterThan(0)
    expect(learned.every(({ registeredDomain }) => String(registeredDomain).startsWith('t3-6-'))).toBe(true)

    // Another version is named whose file is damaged: the worker tells it, and goes on with the one before.
    const other = join(state, 'learned', 'versions', `${standing.current}.model`)
    truncateSync(other, 100)
    const missing = versionMessage('00000000000000aa', 0)
    await broker.send(
      'raw',
      [0, 1].map((partition) => ({ partition, key: null, value: missing })),
    )
    await send([7], 4)
    const { troubles } = await worker(({ state: now }) => now === 'degraded')
    expect(troubles.join()).toContain('00000000000000aa has no say, and the one before keeps it')

    expect(await runHere(['model', 'rollback', '--learned', '--state', state])).toMatchObject({ code: 0 })
    await learner(({ learner: at }) => at?.standing.current === undefined)
  }, 180_000)
})
