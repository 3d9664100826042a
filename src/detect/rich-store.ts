import type { DomainState } from './domain-state.ts'

/** A trim goes below its line by a quarter, so that it is rare. */
const TRIM_SHARE = 0.75

/**
 * The bounded set of domains with rich state of one partition (DESIGN.md 3).
 *
 * When it is full, the sixteenth with the fewest octets gives way at once and its highest value becomes the price of
 * admission, so a flood of poor domains is turned away at the door without a search each time. Domains that are alerts
 * or stand as look-up services never give way: they are the evidence.
 */
export class RichStore {
  private readonly byLo = new Map<number, DomainState[]>()
  private readonly capacity: number
  private admission = 0
  size = 0
  /** Domains that lost their rich state since the start. */
  demoted = 0

  constructor(capacity: number) {
    this.capacity = capacity
  }

  get(lo: number, hi: number): DomainState | undefined {
    const states = this.byLo.get(lo)
    if (states) for (const state of states) if (state.hi === hi) return state
    return undefined
  }

  /** Whether a domain with this many octets may come in; makes room if that takes it. `onDemote` gets who must go. */
  admit(octets: number, onDemote: (state: DomainState) => void): boolean {
    const full = this.size >= this.capacity
    if (octets <= this.admission && (full || this.admission > 0)) return false
    if (!full) return true
    const poor = this.sorted((a, b) => a.octets - b.octets)
      .filter((state) => state.alert === undefined && state.lookup === undefined)
      .slice(0, Math.max(1, this.capacity >> 4))
      .filter((state) => state.octets < octets)
    if (poor.length === 0) return false
    for (const state of poor) {
      this.delete(state)
      onDemote(state)
    }
    this.demoted += poor.length
    this.admission = Math.max(this.admission, poor[poor.length - 1].octets)
    return true
  }

  /**
   * Holds the memory of all domains to `octetsMax`: those idle longest forget how their names are spelled, and where
   * that is not enough the poorest give way. Which names a domain was heard with is kept longest, since a name that
   * seems new again is charged again. Returns whether it could: alerts and look-up services stay whatever they take.
   */
  trim(octetsMax: number, onDemote: (state: DomainState) => void): boolean {
    let total = 0
    for (const state of this.values()) total += state.sizeBytes
    if (total <= octetsMax) return true
    const goal = octetsMax * TRIM_SHARE
    for (const state of this.sorted((a, b) => a.lastMs - b.lastMs)) {
      if (total <= goal) return true
      const before = state.sizeBytes
      state.forgetSpelling()
      total += state.sizeBytes - before
    }
    for (const state of this.sorted((a, b) => a.octets - b.octets)) {
      if (total <= goal) return true
      if (state.alert !== undefined || state.lookup !== undefined) continue
      total -= state.sizeBytes
      this.admission = Math.max(this.admission, state.octets)
      this.demoted++
      this.delete(state)
      onDemote(state)
    }
    return total <= octetsMax
  }

  private sorted(order: (a: DomainState, b: DomainState) => number): DomainState[] {
    return [...this.values()].sort((a, b) => order(a, b) || a.lo - b.lo || a.hi - b.hi)
  }

  add(state: DomainState): void {
    const states = this.byLo.get(state.lo)
    if (states) states.push(state)
    else this.byLo.set(state.lo, [state])
    this.size++
  }

  delete(state: DomainState): void {
    const states = this.byLo.get(state.lo)?.filter((other) => other !== state) ?? []
    if (states.length > 0) this.byLo.set(state.lo, states)
    else this.byLo.delete(state.lo)
    this.size--
  }

  *values(): IterableIterator<DomainState> {
    for (const states of this.byLo.values()) yield* states
  }
}
