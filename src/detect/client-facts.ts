/** What a partition hands to the client stage: one client's novel names under one rare domain in one minute. */
export interface ClientFact {
  readonly clientLo: number
  readonly clientHi: number
  readonly client: Uint8Array
  readonly domainLo: number
  readonly domainHi: number
  /** Wire form, case folded. */
  readonly domain: Uint8Array
  readonly invented: boolean
  readonly firstMs: number
  lastMs: number
  queries: number
  names: number
  octets: number
  /** Octets beyond what an ordinary host name costs, summed name by name. */
  excessOctets: number
  prefixOctets: number
  answerOctets: number
  namesSum: number
  answersSum: number
  readonly sample: Uint8Array
  readonly qtype: number
  readonly input: number
}

/** Facts kept of one partition's minute. More than that in a minute would have raised the client's alert many times. */
const FACTS_MAX = 4096

/** The minute being gathered by one partition. */
export class MinuteFacts {
  private readonly byKey = new Map<string, ClientFact>()
  /** Facts that found no room: from here on the client accounts are lower bounds. */
  overflowed = 0

  /** The fact of (client, domain), made by `open` if there is room. */
  of(clientLo: number, clientHi: number, domainLo: number, domainHi: number, open: () => ClientFact): ClientFact | undefined {
    const key = `${clientLo},${clientHi},${domainLo},${domainHi}`
    let fact = this.byKey.get(key)
    if (!fact) {
      if (this.byKey.size >= FACTS_MAX) {
        this.overflowed++
        return undefined
      }
      fact = open()
      this.byKey.set(key, fact)
    }
    return fact
  }

  /** Gives the facts away and starts the next minute. */
  take(): ClientFact[] {
    const facts = [...this.byKey.values()]
    this.byKey.clear()
    return facts
  }
}
