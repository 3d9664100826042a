import { mix } from '../stats/hash.ts'

/** What a partition hands to the client stage: one client's novel names under one rare domain in one minute. */
export interface ClientFact {
  readonly clientLo: number
  readonly clientHi: number
  /** 16 octets as a Latin-1 string, as are `domain` and `sample`: facts live a minute, and by the thousand. */
  readonly client: string
  readonly domainLo: number
  readonly domainHi: number
  /** Wire form, case folded. */
  readonly domain: string
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
  readonly sample: string
  readonly qtype: number
  readonly input: number
}

/**
 * Facts kept of one partition's minute, 4,096 over all: one client needs a few dozen for its alert. In a flood the first
 * of each minute are taken, so a client that goes on is still seen; more would be megabytes that live a minute, which is
 * the dearest life there is in a heap with generations.
 */
const FACTS_MAX = 256

/** The minute being gathered by one partition. */
export class MinuteFacts {
  private readonly byKey = new Map<number, ClientFact>()
  /** Facts that found no room: from here on the client accounts are lower bounds. */
  overflowed = 0

  /**
   * The fact of (client, domain), made by `open` if there is room. Names booked whole, as nobody had to register their
   * domain, are a fact apart: they go to another account of the client.
   */
  of(
    clientLo: number,
    clientHi: number,
    domainLo: number,
    domainHi: number,
    invented: boolean,
    open: () => ClientFact,
  ): ClientFact | undefined {
    // 52 bits: two of a minute's few hundred keys clash once in 10^11 minutes.
    const high = mix(clientLo ^ (invented ? 1 : 0), domainLo)
    const key = high * 0x100000 + (mix(clientHi, domainHi) & 0xfffff)
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
