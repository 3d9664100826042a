/** Distinct names' domains that must stand behind a suffix before it counts as a search suffix. */
const INNER_DOMAINS = 5
const CANDIDATES = 256
/** Search suffixes known at once; an organisation has a handful. */
const CONFIRMED = 256

interface Candidate {
  lo: number
  hi: number
  inner: number[]
}

/**
 * Learns the observation's search suffixes: `www.other.example.corp.example` is `www.other.example` asked with the
 * host's own suffix behind it (RFC 1535), and must be booked on `other.example`.
 *
 * A suffix counts once {@link INNER_DOMAINS} different domains that were also asked for by themselves stood before it.
 * An attacker who earns that mark has his data booked on the domains he names inside, one account each and all of them
 * on his client: stripping moves a charge, it never drops one. At most {@link CANDIDATES} suffixes are watched.
 */
export class SearchSuffixes {
  private readonly candidates = new Map<number, Candidate>()
  private readonly confirmed = new Map<number, number>()

  /** Whether the domain with this hash is a search suffix of the observation. */
  has(lo: number, hi: number): boolean {
    return this.confirmed.size > 0 && this.confirmed.get(lo) === hi
  }

  /** Notes that a domain, known to be asked for by itself, stood in front of the suffix. */
  observe(suffixLo: number, suffixHi: number, innerLo: number): void {
    if (this.confirmed.has(suffixLo)) return
    let candidate = this.candidates.get(suffixLo)
    if (!candidate) {
      if (this.candidates.size >= CANDIDATES) forgetOldest(this.candidates)
      candidate = { lo: suffixLo, hi: suffixHi, inner: [] }
      this.candidates.set(suffixLo, candidate)
    }
    if (candidate.hi !== suffixHi || candidate.inner.includes(innerLo)) return
    candidate.inner.push(innerLo)
    if (candidate.inner.length >= INNER_DOMAINS) {
      // One that is forgotten wrongly is learned again from the next five domains.
      if (this.confirmed.size >= CONFIRMED) forgetOldest(this.confirmed)
      this.confirmed.set(suffixLo, suffixHi)
      this.candidates.delete(suffixLo)
    }
  }
}

function forgetOldest(map: Map<number, unknown>): void {
  for (const key of map.keys()) {
    map.delete(key)
    return
  }
}
