import type { PrefixText } from '../../dns/prefix-text.ts'
import { CappedSet } from './capped-set.ts'

/** Prefixes held against each other; more pairs say the same at the price of their square. */
export const RECENT_MAX = 16

/** One exchange under a domain, as the tally takes it. Reused: the tally keeps nothing of it. */
export interface WindowExchange {
  /** Milliseconds; only differences are used. NaN where the source has no time. */
  timeMs: number
  /** Folded prefix; empty where the domain itself was asked for. */
  prefix: PrefixText
  /** Whether the domain had not been asked for this name before. */
  novel: boolean
  qtype: number
  /** -1 where no response was seen. */
  rcode: number
  /** Octets of answer data of every kind, and their hash. */
  answerOctets: number
  answerLo: number
  answerHi: number
  clientLo: number
  clientHi: number
}

/**
 * What the window features (DESIGN.md 6, L2) know of one domain: sums, capped sets and its last prefixes. It holds no clock time, TTL or address in a form that a feature could give away.
 */
export class WindowTally {
  queries = 0
  novelNames = 0
  /** Octets of novel prefixes, dots included: their sum, sum of squares, and the longest. */
  prefixOctets = 0
  prefixSquares = 0
  prefixLongest = 0
  /** How often each octet stood in novel prefixes, dots left out. */
  readonly octets: Uint32Array = new Uint32Array(256)
  labelsSeen = 0
  readonly labels: CappedSet = new CappedSet()
  readonly types: Map<number, number> = new Map()
  answered = 0
  nameErrors = 0
  answerOctets = 0
  readonly answers: CappedSet = new CappedSet()
  readonly clients: CappedSet = new CappedSet()
  gaps = 0
  gapSum = 0
  gapSquares = 0
  /** The last {@link RECENT_MAX} novel prefixes, oldest first. */
  readonly recent: Uint8Array[] = []
  private lastMs = Number.NaN

  add(exchange: WindowExchange): void {
    const { qtype, rcode, timeMs } = exchange
    this.queries++
    this.types.set(qtype, (this.types.get(qtype) ?? 0) + 1)
    this.clients.add(exchange.clientLo, exchange.clientHi)
    const gap = timeMs - this.lastMs
    if (gap >= 0) {
      this.gaps++
      this.gapSum += gap
      this.gapSquares += gap * gap
    }
    if (!Number.isNaN(timeMs)) this.lastMs = timeMs
    if (rcode >= 0) {
      this.answered++
      this.answerOctets += exchange.answerOctets
      if (rcode === 3) this.nameErrors++
      this.answers.add(exchange.answerLo, exchange.answerHi)
    }
    if (exchange.novel && exchange.prefix.length > 0) this.addName(exchange.prefix)
  }

  private addName(prefix: PrefixText): void {
    const { bytes, length } = prefix
    this.novelNames++
    this.prefixOctets += length
    this.prefixSquares += length * length
    this.prefixLongest = Math.max(this.prefixLongest, length)
    for (let label = 0; label < prefix.labelCount; label++) {
      const end = prefix.labelEnd[label]
      for (let i = prefix.labelStart[label]; i < end; i++) this.octets[bytes[i]]++
      this.labelsSeen++
      this.labels.addText(bytes, prefix.labelStart[label], end)
    }
    if (this.recent.length === RECENT_MAX) this.recent.shift()
    this.recent.push(bytes.slice(0, length))
  }
}
