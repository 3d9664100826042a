import { writeRow } from '../../batch/row-codec.ts'
import { MemoryBroker } from '../../broker/memory-broker.ts'
import type { DetectionModel } from '../../detect/detection-model.ts'
import { loadPublicSuffixes } from '../../dns/public-suffix.ts'
import { type CheckpointTerms, readCheckpoint, writeCheckpoint } from '../../pipeline/stream/checkpoint-file.ts'
import { detectionStages } from '../../pipeline/stream/detection-stages.ts'
import type { Pace } from '../../pipeline/stream/pace.ts'
import { Replay } from '../../pipeline/stream/replay.ts'
import type { Stage } from '../../pipeline/stream/stage.ts'
import { streamTopics } from '../../pipeline/stream/topics.ts'
import { Turns } from '../../pipeline/stream/turns.ts'
import { StreamWorker } from '../../pipeline/stream/worker.ts'
import { WorkerStatus } from '../../pipeline/stream/worker-status.ts'
import { IncidentOutput } from '../../service/incident-output.ts'
import type { Service } from '../../service/service.ts'
import type { Troubles } from '../../service/troubles.ts'
import type { TailPosition } from '../../sources/live/tail-position.ts'
import { learnedLoader } from '../learned-versions.ts'
import { ReadPositions } from './read-positions.ts'

const TOPICS = streamTopics('watch', 'results')
const PARTS = 4
const CHECKPOINT_EVERY_MS = 30_000
/** Rows of a partition that are read and not judged: at most a second's worth where much comes, so that alerts come in time. */
const UNREAD_MAX = 8192

/** What a service's stream is made with. */
export interface ServiceStreamOptions {
  readonly model: DetectionModel
  readonly name: string
  readonly demo: boolean
  readonly learnFolder: string
  readonly pace: Pace | undefined
  readonly service: Service
  readonly troubles: Troubles
  /** Where checkpoints are kept; a demonstration has none. */
  readonly checkpoint: string | undefined
}

/** What one stage knew, and the offset it had read to. */
interface StageMemory {
  readonly position: number
  readonly memory: Record<string, unknown>
}

/** What a stream knew at one moment, and how far its logs were read by then. */
interface StreamCheckpoint {
  readonly stages: Record<string, StageMemory>
  readonly positions: Record<string, TailPosition>
}

/** Detection inside a service: rows go in by {@link replay}, incidents come out to the service. */
export class ServiceStream {
  /** What changes the stream takes turns: batches of sources, and checkpoints between them. */
  readonly turns = new Turns()
  readonly positions: ReadPositions
  readonly broker = new MemoryBroker({ unreadMax: UNREAD_MAX, now: Date.now })
  readonly topic = TOPICS.exchanges
  readonly parts = PARTS
  readonly replay: Replay
  private readonly status: WorkerStatus
  private readonly worker: StreamWorker
  private readonly stages = new Map<string, Stage>()
  private readonly kept: StreamCheckpoint | undefined
  private readonly terms: CheckpointTerms
  private readonly options: ServiceStreamOptions
  private ticks: NodeJS.Timeout | undefined
  private saves: NodeJS.Timeout | undefined

  constructor(options: ServiceStreamOptions) {
    this.options = options
    const { model, name, demo, learnFolder, pace, service, troubles, checkpoint } = options
    this.terms = { modelVersion: model.version, name, parts: PARTS }
    const doubt = (sentence: string) => troubles.set('checkpoint', sentence)
    const kept = checkpoint === undefined ? undefined : readCheckpoint(checkpoint, this.terms, doubt)
    this.kept = kept as StreamCheckpoint | undefined
    this.positions = new ReadPositions(this.kept?.positions ?? {})
    this.status = new WorkerStatus(() => {})
    service.onTick(() => troubles.set('stream', this.status.health.troubles.join(' ') || undefined))
    const taken = this.status.onTaken.bind(this.status)
    this.status.onTaken = (topic, partition, messages, position, next, said) => {
      taken(topic, partition, messages, position, next, said)
      service.takeRows(said.rows)
    }
    const learned = learnedLoader(learnFolder, this.status)
    const settings = { model, name, topic: TOPICS.exchanges, parts: PARTS, learned, predictions: false }
    const { topics, stageOf } = detectionStages(settings, TOPICS)
    this.worker = new StreamWorker({
      topics,
      stageOf: (topic, partition) => this.stage(`${topic}/${partition}`, stageOf(topic, partition)),
      ...{ group: 'wakeful', checkpoints: undefined, checkpointMs: Number.POSITIVE_INFINITY },
      output: new IncidentOutput(
        {
          onIncident: (incident, revision) => service.takeIncident(incident, revision, demo),
          onDeadLetters: (count) => service.takeDeadLetters(count),
        },
        (messages) => this.broker.send(TOPICS.facts, messages),
      ),
      ...{ watcher: this.status, now: Date.now },
    })
    this.replay = new Replay({
      ...{ parts: PARTS, suffixes: loadPublicSuffixes(), encode: writeRow, pace },
      untimed: { startMs: Date.now(), stepMs: 1 },
      send: (messages) => this.broker.send(TOPICS.exchanges, messages),
    })
  }

  async start(): Promise<void> {
    const first = (topic: string) => (_: unknown, partition: number) =>
      this.kept?.stages[`${topic}/${partition}`]?.position ?? 0
    const { exchanges, facts } = TOPICS
    await this.broker.create(exchanges, PARTS, Array.from({ length: PARTS }, first(exchanges)))
    await this.broker.create(facts, 1, Array.from({ length: 1 }, first(facts)))
    await this.worker.join(this.broker)
    this.saves = setInterval(() => void this.save(false), CHECKPOINT_EVERY_MS)
    this.saves.unref()
    this.ticks = setInterval(() => void this.worker.tick().catch(() => {}), 1000)
    this.ticks.unref()
  }

  /** Rows that were read and not judged yet. */
  get unread(): number {
    return this.status.health.partitions.reduce((sum, { lag }) => sum + lag, 0)
  }

  /** Judges what was read to its end, and keeps what is known. */
  async end(): Promise<void> {
    clearInterval(this.ticks)
    clearInterval(this.saves)
    await this.save(true)
    await this.worker.drain()
    await this.broker.close()
  }

  private stage(key: string, made: Stage): Stage {
    const kept = this.kept?.stages[key]
    if (kept) made.resume(kept.position, kept.memory)
    this.stages.set(key, made)
    return made
  }

  /** Keeps what is known between two batches, when all that came before is judged. */
  private async save(isEnd: boolean): Promise<void> {
    await this.turns.take(async () => {
      await this.broker.idle()
      const { checkpoint, troubles } = this.options
      if (checkpoint === undefined) return
      const stages: Record<string, StageMemory> = {}
      for (const [key, stage] of this.stages) stages[key] = { position: stage.position, memory: stage.memory() }
      try {
        writeCheckpoint(checkpoint, this.terms, { stages, positions: this.positions.at(Date.now(), isEnd) })
        troubles.set('checkpoint', undefined)
      } catch (error) {
        troubles.set(
          'checkpoint',
          `What is known cannot be kept (${(error as Error).message}): make room in ${checkpoint}.`,
        )
      }
    })
  }
}
