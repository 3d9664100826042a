/** What somebody else says of a registered domain, and when it was asked. */
export interface Fact {
  readonly kind: FactKind
  /** One clause for a reader, such as `registered 2024-03-01, 12 days before`. */
  readonly words: string
  /** The figure behind it: a share, days, a rank; null for a plain yes. */
  readonly value: number | null
  /** Who said so: a host, or the name of a file. */
  readonly source: string
  /** When it was asked, or the file was written; ISO 8601. */
  readonly asOf: string
}

export const FACT_KINDS = ['reputation', 'age', 'popularity', 'list'] as const
export type FactKind = (typeof FACT_KINDS)[number]

/** Why nothing is known: never a 0, which would say something. */
export type Missing = 'unknown' | 'quota' | 'time-out' | 'malformed' | 'refused' | 'unreachable' | 'offline' | 'no-key'

/** An answer, or why there is none. */
export type Answer = { readonly fact: Fact } | { readonly missing: Missing }

/** Somebody who can be asked about a registered domain. Never throws; gives up when the signal says so. */
export interface Provider {
  readonly kind: FactKind
  /** Whether asking leaves this machine. */
  readonly isRemote: boolean
  ask(domain: string, signal: AbortSignal): Promise<Answer>
}
