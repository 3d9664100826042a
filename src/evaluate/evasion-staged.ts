import type { Source } from '../sources/source.ts'

/** One question of a staged attack: the truth, told by who made it. */
export interface Leaked {
  readonly timeMs: number
  /** Octets of a prefix never asked before, 0 for a repeated one. */
  readonly prefixOctets: number
  readonly payloadOctets: number
}

/** Traffic made to be hard, and the truth about it, which is complete when the source was read. */
export interface Staged {
  readonly source: Source
  /** Registered domains of the attack; `*` where it has none. */
  readonly domains: readonly string[]
  readonly leaked: readonly Leaked[]
}

/** Traffic made from nothing, and how a table names it. */
export interface Scene {
  readonly name: string
  readonly description: string
  stage(): Staged
}
