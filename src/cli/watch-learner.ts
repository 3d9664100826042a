import { join } from 'node:path'
import { VerdictJournal } from '../adapt/verdict-journal.ts'
import { VersionFolder } from '../adapt/version-folder.ts'
import { CheckpointFolder } from '../pipeline/stream/checkpoint-folder.ts'
import { LearnerRole } from '../pipeline/stream/learner-role.ts'
import { StreamWorker } from '../pipeline/stream/worker.ts'
import { WorkerStatus } from '../pipeline/stream/worker-status.ts'
import { verdictsIn } from './feedback.ts'
import { HealthFile } from './health-file.ts'
import { learnedIn, learnedLoader } from './learned-versions.ts'
import { say } from './say.ts'
import { openBroker } from './stream-place.ts'
import { claimFolder, modelOf, partitionsOf, topicOf } from './stream-state.ts'
import { untilSignalled } from './until-signalled.ts'
import type { LineOptions } from './watch-options.ts'

/** A learner writes nothing but versions. */
const NOTHING_SAID = { async write() {}, async close() {} }

/** The role that learns: beside the workers of a group, once a group. */
export async function watchLearner(options: LineOptions): Promise<void> {
  const { group, name, learn = 'adaptive-forest' } = options
  const { source, state } = topicOf(options)
  const { model } = modelOf(options.model, state)
  const status = new WorkerStatus(say)
  const broker = await openBroker(source, status)
  const versions = new VersionFolder(learnedIn(state))
  let role: LearnerRole | undefined
  const health = new HealthFile(options.health, () => ({ ...status.health, learner: role?.health }))
  try {
    const parts = await partitionsOf(broker, source.topic, status)
    const folder = join(state, 'learner')
    const checkpoints = new CheckpointFolder(folder, { modelVersion: `${model.version} ${learn}`, name, parts })
    claimFolder(checkpoints, source.topic)
    const learner = new LearnerRole({
      ...{ model, name, topic: source.topic, parts, checkpoints, versions, learner: learn, seed: options.seed },
      ...{ verdicts: new VerdictJournal(verdictsIn(state)), learned: learnedLoader(state, status) },
      ...{ labelsAVersion: options.labelsAVersion, promotes: options.promoteProven ?? false },
      ...{ say, today: () => new Date().toISOString() },
    })
    role = learner
    const checkpointMs = options.checkpointEvery * 1000
    const worker = new StreamWorker({
      ...{ topics: learner.topics, stageOf: learner.stageOf, group: `${group}-learner`, checkpoints, checkpointMs },
      ...{ output: NOTHING_SAID, watcher: status, now: () => performance.now() },
    })
    await worker.join(broker)
    const ticks = setInterval(
      () => void learner.tick(broker).catch((error: Error) => status.onDoubt(error.message)),
      1000,
    )
    const saves = setInterval(() => learner.save(), checkpointMs)
    await untilSignalled()
    clearInterval(ticks)
    clearInterval(saves)
    say('ending: what was learned is kept.')
    await worker.drain()
    learner.save()
    status.end()
  } finally {
    health.end()
    await broker.close()
  }
}
