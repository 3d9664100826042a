/** What a typical answer holds; `none` for none, whatever the rcode. */
export type AnswerKind = 'address' | 'address6' | 'alias' | 'text' | 'service' | 'none'

/** One question of a service that means no harm, and the answer it typically gets. */
export interface Lookup {
  readonly qname: string
  readonly qtype: number
  readonly rcode: number
  readonly answer: AnswerKind
  /** RDATA octets of all answers together, 0 for none. */
  readonly answerOctets: number
}

/**
 * A shape of encoded look-ups as legitimate software asks them: what a detector must not call a tunnel.
 *
 * Imitations: the forms are documented or were seen in captures, the shares of rcodes and the answers are estimates. A
 * false-alarm rate from these says that a shape is survived, not how often it comes.
 */
export interface LookupShape {
  /** Kebab-case, unique. */
  readonly name: string
  readonly description: string
  /** Where it is asked unless told otherwise; under .test, .example or .invalid. `''` where it has none. */
  readonly zone: string
  ask(count: number, random: () => number, zone?: string): Lookup[]
}

export const NOERROR = 0
export const NXDOMAIN = 3

export const nothing = { rcode: NXDOMAIN, answer: 'none', answerOctets: 0 } as const
export const empty = { rcode: NOERROR, answer: 'none', answerOctets: 0 } as const

/** Addresses of a server, or a verdict written as 127.0.0.x. */
export function addresses(count: number) {
  return { rcode: NOERROR, answer: 'address', answerOctets: 4 * count } as const
}

/** A TXT answer of so many characters. */
export function text(characters: number) {
  return { rcode: NOERROR, answer: 'text', answerOctets: characters + 1 } as const
}
