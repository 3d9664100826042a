import { writeRow } from '../../batch/row-codec.ts'
import { MemoryBroker } from '../../broker/memory-broker.ts'
import type { DetectionModel } from '../../detect/detection-model.ts'
import { loadPublicSuffixes } from '../../dns/public-suffix.ts'
import { detectionStages } from '../../pipeline/stream/detection-stages.ts'
import type { Pace } from '../../pipeline/stream/pace.ts'
import { Replay } from '../../pipeline/stream/replay.ts'
import { streamTopics } from '../../pipeline/stream/topics.ts'
import { StreamWorker } from '../../pipeline/stream/worker.ts'
import { WorkerStatus } from '../../pipeline/stream/worker-status.ts'
import { IncidentOutput } from '../../service/incident-output.ts'
import type { Service } from '../../service/service.ts'
import type { Troubles } from '../../service/troubles.ts'
import { learnedLoader } from '../learned-versions.ts'

const TOPICS = streamTopics('watch', 'results')
const PARTS = 4
/** Rows of a partition that are read and not judged: at most a second's worth where much comes, so that alerts come in time. */
const UNREAD_MAX = 8192

/** Detection inside a service: rows go in by {@link replay}, incidents come out to the service. */
export class ServiceStream {
  readonly broker = new MemoryBroker({ unreadMax: UNREAD_MAX, now: Date.now })
  readonly topic = TOPICS.exchanges
  readonly parts = PARTS
  readonly replay: Replay
  private readonly status: WorkerStatus
  private readonly worker: StreamWorker
  private ticks: NodeJS.Timeout | undefined

  constructor(options: {
    readonly model: DetectionModel
    readonly name: string
    readonly demo: boolean
    readonly learnFolder: string
    readonly pace: Pace | undefined
    readonly service: Service
    readonly troubles: Troubles
  }) {
    const { model, name, demo, learnFolder, pace, service, troubles } = options
    this.status = new WorkerStatus(() => {})
    service.onTick(() => troubles.set('stream', this.status.health.troubles.join(' ') || undefined))
    const taken = this.status.onTaken.bind(this.status)
    this.status.onTaken = (topic, partition, messages, position, next, said) => {
      taken(topic, partition, messages, position, next, said)
      service.takeRows(said.rows)
    }
    const learned = learnedLoader(learnFolder, this.status)
    const settings = { model, name, topic: TOPICS.exchanges, parts: PARTS, learned, predictions: false }
    this.worker = new StreamWorker({
      ...detectionStages(settings, TOPICS),
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
    await this.broker.create(TOPICS.exchanges, PARTS)
    await this.broker.create(TOPICS.facts, 1)
    await this.worker.join(this.broker)
    this.ticks = setInterval(() => void this.worker.tick().catch(() => {}), 1000)
    this.ticks.unref()
  }

  /** Rows that were read and not judged yet. */
  get unread(): number {
    return this.status.health.partitions.reduce((sum, { lag }) => sum + lag, 0)
  }

  /** Judges what was read to its end. */
  async end(): Promise<void> {
    clearInterval(this.ticks)
    await this.broker.idle()
    await this.worker.drain()
    await this.broker.close()
  }
}
