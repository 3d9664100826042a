import type { InputCounts, Source, SourceOptions } from '../source.ts'
import type { TailOptions } from './tail.ts'

/** What live sources need of the world: the tail's, and the time on the wall. */
export interface LiveWorld extends TailOptions {
  now(): number
}

/** What a live source counts beside what every source does. */
export interface LiveCounts extends InputCounts {
  /** Messages left out since they came faster than they could be judged. */
  dropped?: number
  /** Exchanges that another source had seen already: they count once. */
  seenElsewhere?: number
  /** Event time of the newest row. */
  newestMs?: number
}

/** A source that does not end by itself, opened. Its input ends by the signal it was opened with. */
export interface OpenedLive {
  readonly source: Source
  readonly counts: LiveCounts
}

/** Where traffic comes from while it happens. */
export interface LivePlace {
  readonly label: string
  /** Opens it; waits for what is not there yet, and gives nothing where `signal` comes first. Throws an `InputError`. */
  open(index: number, options: SourceOptions, world: LiveWorld, signal: AbortSignal): Promise<OpenedLive | undefined>
}

/** A kind of live source: what users write in front of a place, and how a place is read; a sentence where it is none. */
export interface LiveKind {
  readonly words: readonly string[]
  parse(word: string, rest: string): LivePlace | string
}
