import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { decodeSnapshot, encodeSnapshot, SnapshotError } from '../../detect/snapshot.ts'

/** What one partition's state was at one offset of its log. */
export interface Checkpoint {
  /** Offset of the first message not in it. */
  readonly position: number
  readonly memory: Record<string, unknown>
}

/** What a checkpoint must have been made with to be of use: another model's accounts mean nothing, nor another cut's. */
export interface CheckpointTerms {
  readonly modelVersion: string
  /** Name of the observation: it stands in every id. */
  readonly name: string
  /** Partitions of the topic. */
  readonly parts: number
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
      const beside = `${path}.${process.pid}.part`
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

  /**
   * The newest checkpoint that can be read and was made on our terms; `undefined` where there is none. What is wrong with
   * others is said to `onDoubt`.
   */
  load(topic: string, partition: number, onDoubt: (sentence: string) => void): Checkpoint | undefined {
    for (const path of [this.path(topic, partition), this.previous(topic, partition)]) {
      if (!existsSync(path)) continue
      try {
        const { terms, position, memory } = decodeSnapshot(readFileSync(path)) as Partial<Checkpoint> & {
          terms?: CheckpointTerms
        }
        const differs = differenceOf(terms, this.terms)
        if (differs === undefined) return { position: position as number, memory: memory as Record<string, unknown> }
        onDoubt(`The checkpoint ${path} was made with ${differs}: an older one is used, or none.`)
      } catch (error) {
        if (!(error instanceof SnapshotError)) throw error
        onDoubt(`The checkpoint ${path} is damaged, cut short or of another version: an older one is used, or none.`)
      }
    }
    return undefined
  }

  /** Writes a checkpoint, on the disk when this returns, and keeps the one before it. */
  save(topic: string, partition: number, checkpoint: Checkpoint): void {
    const path = this.path(topic, partition)
    const beside = `${path}.${process.pid}.part`
    try {
      const file = openSync(beside, 'w')
      try {
        const bytes = encodeSnapshot({ terms: { ...this.terms }, ...checkpoint })
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      if (existsSync(path)) renameSync(path, this.previous(topic, partition))
      renameSync(beside, path)
    } catch (error) {
      rmSync(beside, { force: true })
      throw error
    }
  }

  private path(topic: string, partition: number): string {
    return join(this.folder, `${encodeURIComponent(topic)}-${partition}.checkpoint`)
  }

  private previous(topic: string, partition: number): string {
    return `${this.path(topic, partition)}.before`
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

/** What is other than ours, in words; `undefined` where nothing is. */
function differenceOf(theirs: Partial<CheckpointTerms> | undefined, ours: CheckpointTerms): string | undefined {
  if (theirs?.modelVersion !== ours.modelVersion) return 'another model'
  if (theirs.name !== ours.name) return `another observation name (${String(theirs.name).slice(0, 64)})`
  if (theirs.parts === ours.parts) return undefined
  return `${Number(theirs.parts)} partitions, and the topic has ${ours.parts}`
}
