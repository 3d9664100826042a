import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DnsBatch } from '../../src/batch/dns-batch.ts'
import { writeRow } from '../../src/batch/row-codec.ts'
import type { Broker, Outgoing } from '../../src/broker/broker.ts'
import { decodeMessage } from '../../src/sources/messages/index.ts'
import { ROOT } from '../house/tree.ts'
import { drillMessages, produce } from './drill-stream.ts'

const PARTS = 8
const MAIN = resolve(ROOT, 'dist/cli/main.js')

/** What a run said, apart from its topic's name, which is another in each run. */
export interface RunResult {
  /** How often each prediction was written, and its text, by id. */
  readonly predictions: ReadonlyMap<string, string>
  readonly repeated: number
  /** Ids of results that were written more than once and not equally. */
  readonly unequal: readonly string[]
  /** The last revision of each incident, by id. */
  readonly incidents: readonly string[]
  readonly deadLetters: ReadonlyMap<string, string>
}

/** The same message in our compact form; a marker stays what it is. */
function compact(message: Outgoing): Outgoing {
  if (message.key === null) return message
  const batch = new DnsBatch(1)
  decodeMessage(Buffer.from(message.value as string), batch)
  return { ...message, value: writeRow(batch, 0) }
}

/** One stream on a real broker, with workers as processes that may be ended in any way. */
export class Drill {
  readonly topic: string
  readonly state: string
  private readonly broker: Broker
  private readonly hosts: string
  private readonly workers = new Map<ChildProcess, string>()
  private said = ''
  private next = 0

  private constructor(broker: Broker, hosts: string, topic: string) {
    this.broker = broker
    this.hosts = hosts
    this.topic = topic
    this.state = mkdtempSync(join(tmpdir(), 'wakeful-drill-'))
  }

  /** Makes the topic and writes `count` exchanges to it; `extra` goes in between. */
  static async prepare(
    broker: Broker,
    hosts: string,
    topic: string,
    count: number,
    poison: readonly (Uint8Array | string)[] = [],
    binary = false,
  ): Promise<Drill> {
    const drill = new Drill(broker, hosts, topic)
    await broker.create(topic, PARTS)
    // One by one: a soak's ten million messages fit no memory.
    function* messages(): Generator<Outgoing> {
      let made = 0
      for (const message of drillMessages(count, PARTS, 1)) {
        if (made++ === count >> 1) yield* poison.map((value, i) => ({ partition: i % PARTS, key: null, value }))
        yield binary ? compact(message) : message
      }
    }
    await produce(broker, topic, messages())
    return drill
  }

  get results(): string {
    return `${this.topic}-results`
  }

  /** Starts a worker of the group. */
  start(checkpointSeconds = 0.5, nodeArgs: readonly string[] = []): ChildProcess {
    const health = join(this.state, `health-${this.next++}.json`)
    const place = (topic: string) => `kafka://${this.hosts}/${topic}`
    const args = [
      'watch',
      '--from',
      place(this.topic),
      '--to',
      place(this.results),
      '--state',
      join(this.state, 'state'),
    ]
    const worker = spawn(
      process.execPath,
      [
        ...nodeArgs,
        MAIN,
        ...args,
        '--group',
        this.topic,
        '--health',
        health,
        '--checkpoint-every',
        String(checkpointSeconds),
      ],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    )
    worker.stderr.on('data', (chunk) => {
      this.said += String(chunk)
    })
    this.workers.set(worker, health)
    return worker
  }

  /** Everything workers said to people. */
  get log(): string {
    return this.said
  }

  healthOf(
    worker: ChildProcess,
  ): { messages: number; cpuSeconds: number; rssMiB: number; state: string; results: number } | undefined {
    const path = this.workers.get(worker)!
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
  }

  async end(worker: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
    if (worker.exitCode !== null || worker.signalCode !== null) return worker.exitCode
    const gone = new Promise<number | null>((done) => worker.once('exit', (code) => done(code)))
    worker.kill(signal)
    return await gone
  }

  /** Results written so far, repeats included. */
  async written(): Promise<number> {
    return ((await this.broker.spans(this.results)) ?? []).reduce((sum, { next }) => sum + next, 0)
  }

  /** Resolves when at least so many results are written. */
  async reached(count: number): Promise<void> {
    const start = Date.now()
    while ((await this.written()) < count) {
      if (Date.now() - start > 300_000)
        throw new Error(`Only ${await this.written()} of ${count} results came:\n${this.said.slice(-3000)}`)
      await new Promise((done) => setTimeout(done, 50))
    }
  }

  /** Resolves when every exchange has a prediction and nothing more comes. */
  async finished(count: number): Promise<RunResult> {
    await this.reached(count)
    for (;;) {
      const before = await this.written()
      await new Promise((done) => setTimeout(done, 1500))
      if ((await this.written()) !== before) continue
      const result = await this.read()
      if (result.predictions.size >= count) return result
    }
  }

  /** Ends all that runs, and takes its state away. */
  async clear(): Promise<void> {
    for (const worker of this.workers.keys()) await this.end(worker, 'SIGKILL')
    rmSync(this.state, { recursive: true, force: true })
  }

  private async read(): Promise<RunResult> {
    const predictions = new Map<string, string>()
    const revisions = new Map<string, string>()
    const unequal: string[] = []
    let repeated = 0
    const keep = (into: Map<string, string>, key: string, text: string) => {
      const before = into.get(key)
      if (before !== undefined) repeated++
      if (before !== undefined && before !== text) unequal.push(key)
      into.set(key, text)
    }
    for await (const { messages } of this.broker.readAll(this.results)) {
      for (const { value } of messages) {
        const text = Buffer.from(value!).toString()
        const said = JSON.parse(text) as { kind: string; id: string; revision?: number }
        if (said.kind === 'prediction') keep(predictions, said.id, text)
        else keep(revisions, `${said.id} ${String(said.revision).padStart(4, '0')}`, text)
      }
    }
    const deadLetters = new Map<string, string>()
    for await (const { messages } of this.broker.readAll(`${this.topic}-dead-letters`)) {
      for (const { value } of messages) {
        const { id, reason } = JSON.parse(Buffer.from(value!).toString()) as { id: string; reason: string }
        deadLetters.set(id, reason)
      }
    }
    const last = new Map(
      [...revisions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, text]) => [key.split(' ')[0], text]),
    )
    const incidents = [...last.values()].map((text) => text.replaceAll(`"${this.topic}"`, '"TOPIC"'))
    return { predictions, repeated, unequal, incidents, deadLetters }
  }
}
