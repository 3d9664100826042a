/** What a partition hands to the client stage: one client's novel names under one rare domain in one minute. */
export interface ClientFact {
  readonly clientLo: number
  readonly clientHi: number
  /** 16 octets as a Latin-1 string, as are `domain` and `sample`. */
  readonly client: string
  readonly domainLo: number
  readonly domainHi: number
  /** Wire form, case folded. */
  readonly domain: string
  /** Booked whole, as nobody had to register the domain. */
  readonly invented: boolean
  readonly firstMs: number
  readonly lastMs: number
  readonly queries: number
  readonly names: number
  readonly octets: number
  /** Octets beyond what an ordinary host name costs, summed name by name. */
  readonly excessOctets: number
  readonly prefixOctets: number
  readonly answerOctets: number
  readonly namesSum: number
  readonly answersSum: number
  /** First name, wire form as seen. */
  readonly sample: string
  readonly qtype: number
  readonly input: number
}
