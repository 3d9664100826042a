import { join } from 'node:path'
import { LearnedVersion } from '../adapt/learned-version.ts'
import { VersionError, VersionFolder } from '../adapt/version-folder.ts'
import { armFeatures } from '../features/query/index.ts'
import { ModelFileError } from '../models/model.ts'
import type { WorkerStatus } from '../pipeline/stream/worker-status.ts'

/** Columns that a learned version reads. */
export const LEARNED_FEATURES: readonly string[] = armFeatures('answers').map(({ name }) => name)

/** Where a state folder keeps the versions that a learner made. */
export function learnedIn(state: string): string {
  return join(state, 'learned')
}

/**
 * Reads versions as logs name them, each once. One that cannot be read is a fault of the worker's health until one is read: the
 * version before it keeps its say.
 */
export function learnedLoader(state: string, status: WorkerStatus): (version: string) => LearnedVersion | undefined {
  const versions = new VersionFolder(learnedIn(state))
  const read = new Map<string, LearnedVersion>()
  return (version) => {
    try {
      const known = read.get(version) ?? LearnedVersion.decode(versions.read(version), version, LEARNED_FEATURES)
      read.set(version, known)
      status.onFault('learned', undefined)
      return known
    } catch (error) {
      if (!(error instanceof VersionError || error instanceof ModelFileError)) throw error
      status.onFault(
        'learned',
        `The learned version ${version} has no say, and the one before keeps it: ${error.message}`,
      )
      return undefined
    }
  }
}
