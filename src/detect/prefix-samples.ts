/** Prefixes kept for the look-up judgement: enough to see a form, few enough to hold for thousands of domains. */
const RECENT_MAX = 48
/** Names kept as evidence: the first ones, in order. */
const FIRST_MAX = 12

/** Names a domain's judgement and evidence are made from. */
export class PrefixSamples {
  /** First novel names in wire form, case as seen. */
  readonly first: Uint8Array[] = []
  /** Ring of the latest novel prefixes as folded text. */
  readonly recent: Uint8Array[] = []
  private next = 0

  keepName(arena: Uint8Array, start: number, length: number): void {
    if (this.first.length < FIRST_MAX) this.first.push(arena.slice(start, start + length))
  }

  keepPrefix(bytes: Uint8Array, length: number): void {
    this.recent[this.next] = bytes.slice(0, length)
    this.next = (this.next + 1) % RECENT_MAX
  }

  /** The kept prefixes, oldest first. */
  ordered(): Uint8Array[] {
    if (this.recent.length < RECENT_MAX) return this.recent.slice()
    return [...this.recent.slice(this.next), ...this.recent.slice(0, this.next)]
  }
}
