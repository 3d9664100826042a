import type { DnsBatch } from '../batch/dns-batch.ts'

/** Counts of one input, filled in while it is read; the `perInput` rows of `--stats`. */
export interface InputCounts {
  /** The path as given to the user: below its argument, or `-`. */
  readonly source: string
  packets: number
  messages: number
  queries: number
  responses: number
  rows: number
  /** Octets or lines that were not what the format promises, by reason. */
  malformed: Record<string, number>
  /** Packets or lines that are well formed and hold no DNS. */
  skipped: number
  /** One sentence where the input could not be read, or not to its end. */
  failure?: string
}

/** Options that every source understands. */
export interface SourceOptions {
  /** Ports besides 53, 5353 and 5355 that carry DNS. */
  readonly ports: readonly number[]
  /** Column of the name in CSV files, where the header's own name is not one of ours. */
  readonly column?: string
  /** Event time a query waits for its response. */
  readonly responseWaitMs: number
  /** Set where packets come while they are captured: the clock by which rows are handed on where nothing more comes for now. */
  readonly liveNow?: () => number
}

/**
 * Where batches come from. `read` yields batches of at least one row; a batch is valid until the next one is asked
 * for. Rows need not be in order of time: the pipeline sorts behind a watermark. Hostile content is counted, never
 * thrown; a file that ends early yields what came before and sets `failure`.
 */
export interface Source {
  readonly name: string
  /** Whether rows have times: inputs without are never merged with others (DESIGN.md 5). */
  readonly timed: boolean
  read(signal: AbortSignal): AsyncIterable<DnsBatch>
}
