import { join } from 'node:path'
import type { DetectionModel } from '../../detect/detection-model.ts'
import { CheckpointFolder } from '../../pipeline/stream/checkpoint-folder.ts'
import { LearnerRole } from '../../pipeline/stream/learner-role.ts'
import { StreamWorker } from '../../pipeline/stream/worker.ts'
import { WorkerStatus } from '../../pipeline/stream/worker-status.ts'
import type { Service } from '../../service/service.ts'
import { learnedLoader } from '../learned-versions.ts'
import type { ServiceStream } from './service-stream.ts'

const LEARNER = 'adaptive-forest'
const LABELS_A_VERSION = 100
const SAVE_EVERY_MS = 30_000
/** A learner writes nothing but versions. */
const NOTHING_SAID = { async write() {}, async close() {} }

/** What a learner needs of the service it works beside. */
export interface LearnBeside {
  readonly stream: ServiceStream
  readonly service: Service
  readonly model: DetectionModel
  readonly name: string
  readonly folder: string
  say(sentence: string): void
}

/** Starts a learner on the service's own stream; gives what ends it, with what it learned kept. */
export async function startLearner({ stream, service, model, name, folder, say }: LearnBeside) {
  const { broker, topic, parts } = stream
  const { models } = service.parts
  const status = new WorkerStatus(() => {})
  const checkpoints = new CheckpointFolder(join(folder, 'learner'), {
    ...{ modelVersion: `${model.version} ${LEARNER}`, name, parts },
  })
  const role = new LearnerRole({
    ...{ model, name, topic, parts, checkpoints, learner: LEARNER, seed: 1 },
    ...{ versions: models.versions, verdicts: models.verdicts, learned: learnedLoader(folder, status) },
    ...{ labelsAVersion: LABELS_A_VERSION, promotes: false, say, today: () => new Date().toISOString() },
  })
  models.learner = () => role.health
  // The stream is this process's own and begins anew with it: positions of partitions are not kept, what was learned is.
  const worker = new StreamWorker({
    ...{ topics: role.topics, stageOf: role.stageOf, group: 'wakeful-learner', checkpoints: undefined },
    ...{ checkpointMs: Number.POSITIVE_INFINITY, output: NOTHING_SAID, watcher: status, now: Date.now },
  })
  await worker.join(broker)
  const ticks = setInterval(() => void role.tick(broker).catch((error: Error) => say(error.message)), 1000)
  const saves = setInterval(() => role.save(), SAVE_EVERY_MS)
  ticks.unref()
  saves.unref()
  return {
    async end(): Promise<void> {
      clearInterval(ticks)
      clearInterval(saves)
      await worker.drain()
      role.save()
    },
  }
}
