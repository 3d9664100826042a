/** What an entry has met. */
const FLAG = { mixed: 1, joined: 2 } as const

/** Entries tried from a key's place on. */
const PROBES = 16

/**
 * Which domain a flow asked for, by the hash of the flow, in memory of a fixed size: where all places tried for a key are full,
 * the entry heard longest ago gives way. Who lost an entry is counted, not guessed.
 */
export class FlowIndex {
  /** Entries that gave way before their flow came. */
  evicted = 0
  private readonly mask: number
  private readonly keyLo: Uint32Array
  private readonly keyHi: Uint32Array
  private readonly domainLo: Uint32Array
  private readonly domainHi: Uint32Array
  private readonly rows: Uint32Array
  private readonly flags: Uint8Array
  private readonly firstMs: Float64Array
  private readonly lastMs: Float64Array

  /** Room for `capacity` flows, rounded up to a power of two. */
  constructor(capacity: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(PROBES, capacity)))
    this.mask = size - 1
    this.keyLo = new Uint32Array(size)
    this.keyHi = new Uint32Array(size)
    this.domainLo = new Uint32Array(size)
    this.domainHi = new Uint32Array(size)
    this.rows = new Uint32Array(size)
    this.flags = new Uint8Array(size)
    this.firstMs = new Float64Array(size)
    this.lastMs = new Float64Array(size)
  }

  /** Notes that the flow asked for a name of the domain. */
  note(lo: number, hi: number, domainLo: number, domainHi: number, timeMs: number): void {
    let at = this.find(lo, hi)
    if (at < 0) at = this.take(lo, hi, domainLo, domainHi, timeMs)
    else if (this.domainLo[at] !== domainLo || this.domainHi[at] !== domainHi) this.flags[at] |= FLAG.mixed
    this.rows[at]++
    this.lastMs[at] = timeMs
  }

  /** The place of a flow's entry, -1 where there is none. */
  find(lo: number, hi: number): number {
    for (let i = 0; i < PROBES; i++) {
      const at = (lo + i) & this.mask
      if (this.rows[at] > 0 && this.keyLo[at] === lo && this.keyHi[at] === hi) return at
    }
    return -1
  }

  /** Rows of the entry's flow; counted as joined from now on, so that a second flow of the same id adds none. */
  join(at: number): number {
    if ((this.flags[at] & FLAG.joined) !== 0) return 0
    this.flags[at] |= FLAG.joined
    return this.rows[at]
  }

  /** Whether a flow from `fromMs` to `toMs` can be the one that was asked over, give or take `slackMs`. */
  isNear(at: number, fromMs: number, toMs: number, slackMs: number): boolean {
    return this.firstMs[at] <= toMs + slackMs && this.lastMs[at] >= fromMs - slackMs
  }

  /** Whether names of several domains were asked over the flow: whose its octets are is not known. */
  isMixed(at: number): boolean {
    return (this.flags[at] & FLAG.mixed) !== 0
  }

  domainOf(at: number): readonly [lo: number, hi: number] {
    return [this.domainLo[at], this.domainHi[at]]
  }

  private take(lo: number, hi: number, domainLo: number, domainHi: number, timeMs: number): number {
    let at = lo & this.mask
    for (let i = 0; i < PROBES; i++) {
      const place = (lo + i) & this.mask
      if (this.rows[place] === 0) {
        at = place
        break
      }
      if (this.lastMs[place] < this.lastMs[at]) at = place
    }
    if (this.rows[at] > 0 && (this.flags[at] & FLAG.joined) === 0) this.evicted++
    this.keyLo[at] = lo
    this.keyHi[at] = hi
    this.domainLo[at] = domainLo
    this.domainHi[at] = domainHi
    this.rows[at] = 0
    this.flags[at] = 0
    this.firstMs[at] = timeMs
    return at
  }
}
