import { loadPublicSuffixes } from '../../dns/public-suffix.ts'
import { ClientLog } from './client-log.ts'
import { DomainStage } from './domain-stage.ts'
import type { StageSettings } from './stage-settings.ts'
import type { StreamTopics } from './topics.ts'
import type { WorkerOptions } from './worker.ts'

/** Detection as a worker's stages: a domain stage for each partition of the exchanges, a client stage over what they hand on. */
export function detectionStages(
  settings: StageSettings,
  { exchanges, facts }: StreamTopics,
): Pick<WorkerOptions, 'topics' | 'stageOf'> {
  const suffixes = loadPublicSuffixes()
  return {
    topics: [exchanges, facts],
    stageOf: (topic, partition) =>
      topic === facts ? new ClientLog(settings) : new DomainStage(partition, settings, suffixes),
  }
}
