import { existsSync, readFileSync } from 'node:fs'
import { decodeSnapshot, encodeSnapshot, SnapshotError } from '../../detect/snapshot.ts'
import { replaceFile } from '../../files/replace-file.ts'

/** What a checkpoint must have been made with to be of use: another model's accounts mean nothing, nor another cut's. */
export interface CheckpointTerms {
  readonly modelVersion: string
  /** Name of the observation: it stands in every id. */
  readonly name: string
  /** Partitions of the topic. */
  readonly parts: number
}

/**
 * The newest of a checkpoint and the one before it that can be read and was made on our terms; `undefined` where there is
 * none. What is wrong with others is said to `onDoubt`.
 */
export function readCheckpoint(
  path: string,
  terms: CheckpointTerms,
  onDoubt: (sentence: string) => void,
): Record<string, unknown> | undefined {
  for (const place of [path, beforeOf(path)]) {
    if (!existsSync(place)) continue
    try {
      const { terms: theirs, ...values } = decodeSnapshot(readFileSync(place))
      const differs = differenceOf(theirs as CheckpointTerms | undefined, terms)
      if (differs === undefined) return values
      onDoubt(`The checkpoint ${place} was made with ${differs}: an older one is used, or none.`)
    } catch (error) {
      if (!(error instanceof SnapshotError)) throw error
      onDoubt(`The checkpoint ${place} is damaged, cut short or of another version: an older one is used, or none.`)
    }
  }
  return undefined
}

/** Writes a checkpoint, on the disk when this returns, and keeps the one before it. Throws errors of the file system. */
export function writeCheckpoint(path: string, terms: CheckpointTerms, values: object): void {
  const octets = encodeSnapshot({ terms: { ...terms }, ...values })
  replaceFile(path, octets, { mode: 0o600, durable: true, before: beforeOf(path) })
}

/** What is other than ours, in words; `undefined` where nothing is. */
export function differenceOf(theirs: Partial<CheckpointTerms> | undefined, ours: CheckpointTerms): string | undefined {
  if (theirs?.modelVersion !== ours.modelVersion) return 'another model'
  if (theirs.name !== ours.name) return `another observation name (${String(theirs.name).slice(0, 64)})`
  if (theirs.parts === ours.parts) return undefined
  return `${Number(theirs.parts)} partitions, and the topic has ${ours.parts}`
}

function beforeOf(path: string): string {
  return `${path}.before`
}
