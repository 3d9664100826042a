import type { ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Broker } from '../../src/broker/broker.ts'
import { parseKafkaAddress } from '../../src/broker/kafka/kafka-address.ts'
import { openKafka } from '../../src/broker/kafka/kafka-broker.ts'
import { createRandom } from '../../src/stats/random.ts'
import { builtCli } from '../house/built-cli.ts'
import { Drill, type RunResult } from './drill.ts'
import { POISON } from './drill-stream.ts'
import { fetchedVersions, RealBroker } from './real-broker.ts'

/** 1,000,000 by `npm run drill:stream`; a twentieth in CI. */
const MESSAGES = Number(process.env.WAKEFUL_DRILL_MESSAGES ?? 50_000)
/** 10,000,000 by `npm run drill:soak`; a twentieth in CI. */
const SOAK = Number(process.env.WAKEFUL_SOAK_MESSAGES ?? 500_000)
const MINUTES = 60_000

const versions = fetchedVersions()
/** Prints what a worker cost, its start included: beside it stands the original's producer, 413 messages a second. */
function tellSpeed(form: string, drill: Drill, worker: ChildProcess): void {
  const { messages, cpuSeconds, rssMiB } = drill.healthOf(worker)!
  run(
    `${form}: ${messages} messages in ${cpuSeconds.toFixed(1)} s CPU, ${Math.round(messages / cpuSeconds)} a CPU second, ${rssMiB} MiB`,
  )
}

const run = (text: string) => process.stdout.write(`${text}\n`)

describe.skipIf(versions.length === 0)(`${MESSAGES.toLocaleString('en-US')} messages on a real broker`, () => {
  let real: RealBroker
  let broker: Broker
  let calm: RunResult

  const prepare = (name: string, poison: readonly (Uint8Array | string)[] = []) =>
    Drill.prepare(broker, real.address, `drill-${name}`, MESSAGES, poison, name === 'binary')

  beforeAll(async () => {
    await builtCli()
    real = await RealBroker.start()
    const address = parseKafkaAddress(`kafka://${real.address}/unused`)
    if (typeof address === 'string') throw new Error(address)
    broker = await openKafka(address, {}, { onTrouble() {}, onRecovered() {} })
  }, 2 * MINUTES)
  afterAll(async () => {
    await broker?.close()
    await real?.stop()
  })

  /** Runs a drill to its end, and holds it to the undisturbed run. */
  const drilled = async (
    name: string,
    disturb: (drill: Drill) => Promise<void>,
    poison: readonly (Uint8Array | string)[] = [],
  ) => {
    const drill = await prepare(name, poison)
    try {
      await disturb(drill)
      const result = await drill.finished(MESSAGES)
      run(
        `${name}: ${result.predictions.size} predictions, ${result.repeated} repeats, ${result.incidents.length} incidents, ${result.deadLetters.size} dead letters`,
      )
      expect(result.predictions.size).toBe(MESSAGES)
      expect(result.unequal).toEqual([])
      if (name !== 'calm') expect(result.incidents).toEqual(calm.incidents)
      return { result, log: drill.log }
    } finally {
      await drill.clear()
    }
  }

  it(
    'scores every one once, and finds what was put there',
    async () => {
      await drilled('calm', async (drill) => {
        const worker = drill.start(5)
        calm = await drill.finished(MESSAGES)
        expect(await drill.end(worker, 'SIGTERM')).toBe(0)
        tellSpeed('JSON', drill, worker)
      })
      expect(calm.repeated).toBe(0)
      expect(calm.deadLetters.size).toBe(0)
      const found = calm.incidents.map((text) => JSON.parse(text)).filter(({ severity }) => severity !== 'low')
      const domains = found.filter(({ scope }) => scope === 'domain').map(({ registeredDomain }) => registeredDomain)
      expect(domains.sort()).toEqual([0, 1, 2, 3, 4, 5].map((n) => `tunnel${n}.example`))
      expect(
        found
          .filter(({ scope }) => scope === 'client')
          .flatMap(({ clients }) => clients)
          .sort(),
      ).toEqual(['10.9.1.1', '10.9.1.2'])
    },
    10 * MINUTES,
  )

  it(
    'reads our compact form too, and finds the same',
    async () => {
      await drilled('binary', async (drill) => {
        const worker = drill.start(5)
        await drill.finished(MESSAGES)
        await drill.end(worker, 'SIGTERM')
        tellSpeed('compact form', drill, worker)
      })
    },
    10 * MINUTES,
  )

  it.each([2, 4])(
    'finds the same with %d workers',
    async (workers) => {
      await drilled(`workers-${workers}`, async (drill) => {
        for (let i = 0; i < workers; i++) drill.start()
      })
    },
    10 * MINUTES,
  )

  it(
    'finds the same where a worker is killed five times',
    async () => {
      const random = createRandom(5)
      await drilled('killed', async (drill) => {
        for (let kill = 0; kill < 5; kill++) {
          const worker = drill.start()
          await drill.reached((MESSAGES * (kill + random())) / 6)
          await drill.end(worker, 'SIGKILL')
        }
        drill.start()
      })
    },
    15 * MINUTES,
  )

  // Drill 10: tables lie outside the heap, so little of it is needed; what is short is told by the collector's time, not by an end.
  it.each([64, 128])(
    'finds the same in a heap of %d MiB',
    async (heap) => {
      await drilled(`heap-${heap}`, async (drill) => void drill.start(0.5, [`--max-old-space-size=${heap}`]))
    },
    10 * MINUTES,
  )

  it(
    'finds the same where the broker is killed and comes back',
    async () => {
      const { log } = await drilled('broker', async (drill) => {
        drill.start()
        await drill.reached(MESSAGES / 3)
        await real.kill()
        // Longer than a partition may be quiet: a broker that is away must not look like one that has nothing to say.
        await new Promise((done) => setTimeout(done, 12_000))
        await real.restart()
      })
      expect(log).toContain('it is tried again until it works')
    },
    10 * MINUTES,
  )

  it(
    'sends what is no exchange to the dead letters, and finds the same',
    async () => {
      const { result } = await drilled('poison', async (drill) => void drill.start(), POISON)
      expect(result.deadLetters.size).toBe(POISON.length)
      expect(({} as Record<string, unknown>).qname).toBeUndefined()
    },
    10 * MINUTES,
  )

  const disturbedState = (name: string, disturb: (folder: string) => void) =>
    drilled(name, async (drill) => {
      const worker = drill.start()
      await drill.reached(MESSAGES / 2)
      await drill.end(worker, 'SIGKILL')
      disturb(join(drill.state, 'state'))
      drill.start()
    })

  it(
    'finds the same where checkpoints are cut short',
    async () => {
      const { log } = await disturbedState('truncated', (folder) => {
        const files = readdirSync(folder).filter((name) => name.endsWith('.checkpoint'))
        expect(files.length).toBeGreaterThan(0)
        for (const [i, name] of files.entries())
          truncateSync(join(folder, name), Math.floor((statSync(join(folder, name)).size * i) / files.length))
      })
      expect(log).toContain('is damaged, cut short or of another version')
    },
    10 * MINUTES,
  )

  it(
    'finds the same where checkpoints are gone',
    async () => {
      const { log } = await disturbedState('missing', (folder) => {
        for (const name of readdirSync(folder)) if (/-[0-3]\.checkpoint/.test(name)) rmSync(join(folder, name))
      })
      expect(log).toContain('from its beginning, as there is no checkpoint')
    },
    10 * MINUTES,
  )

  it(
    'keeps its memory flat',
    async () => {
      const drill = await Drill.prepare(broker, real.address, 'drill-soak', SOAK)
      try {
        const worker = drill.start(5)
        const sizes: { messages: number; rssMiB: number }[] = []
        while ((sizes.at(-1)?.messages ?? 0) < SOAK) {
          await new Promise((done) => setTimeout(done, 500))
          const health = drill.healthOf(worker)
          if (health) sizes.push(health)
        }
        await drill.end(worker, 'SIGTERM')
        // The first third warms up: tables grow to what they may hold, and the collector finds its size.
        const settled = sizes.filter(({ messages }) => messages > SOAK / 3)
        const half = settled.length >> 1
        const mean = (part: typeof settled) => part.reduce((sum, { rssMiB }) => sum + rssMiB, 0) / part.length
        const grown = mean(settled.slice(half)) - mean(settled.slice(0, half))
        const perMillion = (grown * 1e6) / (SOAK / 3)
        run(
          `soak: ${SOAK} messages, ${Math.round(mean(settled))} MiB, slope ${perMillion.toFixed(1)} MiB a million messages`,
        )
        expect(grown).toBeLessThan(64)
      } finally {
        await drill.clear()
      }
    },
    60 * MINUTES,
  )

  it(
    'refuses a state made with another model, in one sentence',
    async () => {
      const drill = await Drill.prepare(broker, real.address, 'drill-terms', 10)
      try {
        const worker = drill.start()
        await drill.finished(10)
        await drill.end(worker, 'SIGTERM')
        const path = join(drill.state, 'state', 'drill-terms.terms.json')
        const terms = JSON.parse(readFileSync(path, 'utf8')) as { modelVersion: string }
        writeFileSync(path, JSON.stringify({ ...terms, modelVersion: 'other' }))
        const again = drill.start()
        expect(await new Promise((done) => again.once('exit', done))).toBe(78)
        expect(drill.log).toContain('was made with another model: name another folder with --state')
      } finally {
        await drill.clear()
      }
    },
    2 * MINUTES,
  )
})
