import type { Broker, Member, Message, Reader } from '../../broker/broker.ts'
import type { CheckpointFolder } from './checkpoint-folder.ts'
import type { Stage } from './stage.ts'
import type { StreamOutput } from './stream-output.ts'
import type { WorkerWatcher } from './worker-watcher.ts'

/** How a worker reads. */
export interface WorkerOptions {
  /** Topics that the group's members share out. */
  readonly topics: readonly string[]
  readonly group: string
  /** What reads one partition of them. */
  stageOf(topic: string, partition: number): Stage
  /** Where state is kept; without, a partition is read from its beginning whenever it is given to us. */
  readonly checkpoints: CheckpointFolder | undefined
  /** Time on the wall between two checkpoints of a partition. Results do not depend on it. */
  readonly checkpointMs: number
  readonly output: StreamOutput
  readonly watcher: WorkerWatcher
  /** The clock on the wall, in milliseconds. */
  now(): number
}

/** A partition without messages for so long is not waited for by the client stage. */
const IDLE_MS = 10_000

/** One partition this worker holds. */
interface Held {
  readonly topic: string
  readonly partition: number
  readonly stage: Stage
  savedMs: number
  savedPosition: number
  /** What is under way with it. A state that is ahead of what was written must not be kept. */
  busy: Promise<void>
  /** When messages last came, on the wall, and whether it was told that none do. */
  takenMs: number
  isToldIdle: boolean
}

/**
 * One member of a group that detects on a stream. Delivery is at least once: output is safe before the state is, and the state
 * before the position is committed; what is read again says the same again, octet for octet.
 *
 *   messages -> stage -> output (acknowledged) -> checkpoint (on the disk) -> commit
 */
export class StreamWorker implements Reader {
  private readonly options: WorkerOptions
  private readonly held = new Map<string, Held>()
  private member: Member | undefined
  private broker: Broker | undefined
  private isTicking = false

  constructor(options: WorkerOptions) {
    this.options = options
  }

  /** Joins the group; from here on the broker calls. */
  async join(broker: Broker): Promise<void> {
    const { group, topics } = this.options
    this.broker = broker
    this.member = await broker.join(group, topics, this)
  }

  /** Finishes what is under way, keeps all state, and gives every partition back. */
  async drain(): Promise<void> {
    await this.member?.leave()
    await this.options.output.close()
  }

  /**
   * Called every second or so: tells of partitions that have nothing to say, so that the client stage does not wait for them. Idle is
   * who has read all there is: that nothing came for a while may as well be a broker that is away.
   */
  async tick(): Promise<void> {
    const { broker, isTicking } = this
    const quiet = [...this.held.values()].filter((held) => this.isQuiet(held))
    if (isTicking || !broker || quiet.length === 0) return
    this.isTicking = true
    try {
      for (const held of quiet) {
        const { topic, partition, stage } = held
        const spans = await broker.spans(topic)
        const isRead = stage.position >= (spans?.[partition]?.next ?? Number.POSITIVE_INFINITY)
        if (!isRead || !this.isQuiet(held) || this.held.get(keyOf(topic, partition)) !== held) continue
        held.isToldIdle = true
        const notice = stage.idleNotice?.()
        if (notice) await this.options.output.write(notice)
      }
    } finally {
      this.isTicking = false
    }
  }

  private isQuiet({ stage, isToldIdle, takenMs }: Held): boolean {
    return stage.idleNotice !== undefined && !isToldIdle && this.options.now() - takenMs >= IDLE_MS
  }

  async assigned(topic: string, partition: number): Promise<number | 'first'> {
    const { options } = this
    const stage = options.stageOf(topic, partition)
    const found = options.checkpoints?.load(topic, partition, (sentence) => options.watcher.onDoubt(sentence))
    if (found) stage.resume(found.position, found.memory)
    const savedPosition = found?.position ?? -1
    const busy = Promise.resolve()
    const now = options.now()
    const since = { savedMs: now, takenMs: now, isToldIdle: false }
    this.held.set(keyOf(topic, partition), { topic, partition, stage, savedPosition, busy, ...since })
    options.watcher.onAssigned(topic, partition, found?.position)
    return found ? found.position : 'first'
  }

  async take(topic: string, partition: number, messages: readonly Message[], next: number): Promise<void> {
    const held = this.held.get(keyOf(topic, partition))
    if (!held) return
    held.busy = this.takeNow(held, messages, next)
    await held.busy
  }

  private async takeNow(held: Held, messages: readonly Message[], next: number): Promise<void> {
    const { options } = this
    const { topic, partition, stage } = held
    held.takenMs = options.now()
    held.isToldIdle = false
    const outbox = stage.take(messages)
    if (!outbox.isEmpty) await options.output.write(outbox)
    options.watcher.onTaken(topic, partition, messages.length, stage.position, next, outbox)
    if (options.now() - held.savedMs >= options.checkpointMs) await this.save(held)
  }

  async revoked(topic: string, partition: number): Promise<void> {
    const key = keyOf(topic, partition)
    const held = this.held.get(key)
    if (!held) return
    await held.busy
    await this.save(held)
    this.held.delete(key)
    this.options.watcher.onRevoked(topic, partition)
  }

  private async save(held: Held): Promise<void> {
    const { topic, partition, stage } = held
    const { position } = stage
    held.savedMs = this.options.now()
    if (position === held.savedPosition) return
    try {
      this.options.checkpoints?.save(topic, partition, { position, memory: stage.memory() })
    } catch (error) {
      // A full disk ends nothing: the position is not committed, so all since the last checkpoint is read again if we end.
      this.options.watcher.onDoubt(
        `The checkpoint of ${topic}/${partition} cannot be written (${(error as Error).message}).`,
      )
      return
    }
    held.savedPosition = position
    await this.member?.commit(topic, partition, position)
  }
}

function keyOf(topic: string, partition: number): string {
  return `${topic}/${partition}`
}
