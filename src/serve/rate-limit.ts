/** Addresses that are remembered; past them all are forgotten, which gives nobody more than one budget anew. */
const ADDRESSES_MAX = 4096

/** A budget an address: `burst` at once, and `perSecond` more each second. */
export class RateLimit {
  private readonly perSecond: number
  private readonly burst: number
  private readonly buckets = new Map<string, { left: number; atMs: number }>()

  constructor(perSecond: number, burst: number) {
    this.perSecond = perSecond
    this.burst = burst
  }

  /** Whether an address may do one thing more now; takes it from its budget unless `peek` is set. */
  allows(address: string, nowMs: number, peek = false): boolean {
    const bucket = this.buckets.get(address) ?? { left: this.burst, atMs: nowMs }
    const grown = bucket.left + (Math.max(0, nowMs - bucket.atMs) / 1000) * this.perSecond
    const left = Math.min(this.burst, grown)
    const allowed = left >= 1
    if (!this.buckets.has(address) && this.buckets.size >= ADDRESSES_MAX) this.buckets.clear()
    this.buckets.set(address, { left: allowed && !peek ? left - 1 : left, atMs: nowMs })
    return allowed
  }
}
