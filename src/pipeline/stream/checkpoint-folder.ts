import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SnapshotError } from '../../detect/snapshot.ts'
import { besideOf } from '../../files/replace-file.ts'
import { type CheckpointTerms, differenceOf, readCheckpoint, writeCheckpoint } from './checkpoint-file.ts'

/** What one partition's state was at one offset of its log. */
export interface Checkpoint {
  /** Offset of the first message not in it. */
  readonly position: number
  readonly memory: Record<string, unknown>
}

/**
 * A folder of checkpoints, one a partition and one before it. Any of them is good: a partition's state is a function of its
 * log up to an offset, so an older one only means that more is read again, and what comes of that is the same, octet for
 * octet. So no lock is needed against a worker that believes it still has a partition.
 */
export class CheckpointFolder {
  private readonly folder: string
  private readonly terms: CheckpointTerms

  constructor(folder: string, terms: CheckpointTerms) {
    this.folder = folder
    this.terms = terms
    mkdirSync(folder, { recursive: true })
  }

  /**
   * Says that the folder is for these terms, if nobody did. Throws {@link SnapshotError} where it is for others: a worker that
   * read on under another model would give other results than its group, without a word.
   */
  claim(topic: string): void {
    const path = join(this.folder, `${encodeURIComponent(topic)}.terms.json`)
    const text = JSON.stringify(this.terms)
    try {
      // Links are made or not made: of several workers that start at once one writes, and nobody reads half of it.
      const beside = besideOf(path)
      writeFileSync(beside, text)
      try {
        linkSync(beside, path)
      } finally {
        rmSync(beside, { force: true })
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const differs = differenceOf(readTerms(path), this.terms)
    if (differs === undefined) return
    throw new SnapshotError(
      `The state in ${this.folder} was made with ${differs}: name another folder with --state to read the topic from its beginning.`,
    )
  }

  /** The newest checkpoint of use, as {@link readCheckpoint} finds it. */
  load(topic: string, partition: number, onDoubt: (sentence: string) => void): Checkpoint | undefined {
    return readCheckpoint(this.path(topic, partition), this.terms, onDoubt) as Checkpoint | undefined
  }

  /** Writes a checkpoint, on the disk when this returns, and keeps the one before it. */
  save(topic: string, partition: number, checkpoint: Checkpoint): void {
    writeCheckpoint(this.path(topic, partition), this.terms, checkpoint)
  }

  private path(topic: string, partition: number): string {
    return join(this.folder, `${encodeURIComponent(topic)}-${partition}.checkpoint`)
  }
}

function readTerms(path: string): Partial<CheckpointTerms> {
  try {
    return { ...(JSON.parse(readFileSync(path, 'utf8')) as Partial<CheckpointTerms>) }
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}
