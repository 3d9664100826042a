import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { decodeSnapshot, encodeSnapshot, SnapshotError } from '../../detect/snapshot.ts'
import type { TailPosition } from '../../sources/live/tail-position.ts'

/** What one stage knew, and the offset it had read to. */
export interface StageMemory {
  readonly position: number
  readonly memory: Record<string, unknown>
}

/** What a stream knew at one moment, and how far its logs were read by then. */
export interface StreamCheckpoint {
  readonly stages: Record<string, StageMemory>
  readonly positions: Record<string, TailPosition>
}

/** What a checkpoint must have been made with to be of use. */
export interface CheckpointTerms {
  readonly modelVersion: string
  readonly name: string
  readonly parts: number
}

/** The last checkpoint and the one before it; nothing where neither can be used, and why is said. */
export function loadCheckpoint(
  path: string,
  terms: CheckpointTerms,
  say: (sentence: string) => void,
): StreamCheckpoint | undefined {
  for (const place of [path, `${path}.before`]) {
    if (!existsSync(place)) continue
    try {
      const read = decodeSnapshot(readFileSync(place)) as unknown as StreamCheckpoint & { terms?: CheckpointTerms }
      if (JSON.stringify(read.terms) === JSON.stringify(terms)) return read
      say(`${place} was made with another model or observation name: what it knew is not used.`)
    } catch (error) {
      if (!(error instanceof SnapshotError)) throw error
      say(`${place} is damaged, cut short or of another version: an older one is used, or none.`)
    }
  }
  return undefined
}

/** Writes a checkpoint, on the disk when this returns, and keeps the one before it. Throws errors of the file system. */
export function saveCheckpoint(path: string, terms: CheckpointTerms, checkpoint: StreamCheckpoint): void {
  const beside = `${path}.part`
  try {
    const file = openSync(beside, 'w', 0o600)
    try {
      const octets = encodeSnapshot({ terms: { ...terms }, ...checkpoint })
      for (let at = 0; at < octets.length; ) at += writeSync(file, octets, at)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    if (existsSync(path)) renameSync(path, `${path}.before`)
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}
