import type { DnsBatch } from '../../batch/dns-batch.ts'

/** Where batches of rows come from: what the pipeline reads. A batch is valid until the next one is asked for. */
export interface RowSource {
  readonly name: string
  readonly timed: boolean
  read(signal: AbortSignal): AsyncIterable<DnsBatch>
}

/** One question of the attack and what it let out: the truth a detector is measured against. */
export interface Leaked {
  readonly timeMs: number
  /** Octets of its prefix where no question before had the name (letters of either case are one); else 0. */
  readonly prefixOctets: number
  /** Payload octets it finished; 0 where the payload is not known. */
  readonly payloadOctets: number
}

/** Traffic with something in it that should be found, or should not. */
export interface Staged {
  readonly source: RowSource
  /** Registered domains of the attack; `*` where each question has another. */
  readonly domains: readonly string[]
  /** In order of time, and filled as the source is read. */
  readonly leaked: readonly Leaked[]
}

/** Traffic made from nothing, and how a table names it. */
export interface Scene {
  /** Kebab-case. */
  readonly name: string
  readonly description: string
  stage(): Staged
}
