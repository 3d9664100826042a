const DAY_MS = 86_400_000
/** Groups that are remembered: past them a learner adds nothing. */
const GROUPS_MAX = 100_000

/**
 * How many groups a learner may call malicious that the anchor does not: a tenth of those that the anchor does call so, and one a
 * day to begin with (papers.md 3.1: alerts not above static + 10 %). A group once called stays called.
 */
export class AddedAlerts {
  private readonly anchored = new Set<string>()
  /** Groups the learner called that the anchor has not called yet, and those it came to call too. */
  private readonly alone = new Set<string>()
  private readonly agreed = new Set<string>()
  private firstMs = Number.NaN
  /** Rows of groups that were not let through. */
  refused = 0

  /** All that {@link resume} needs. */
  memory(): Record<string, unknown> {
    const { anchored, alone, agreed, firstMs, refused } = this
    return { anchored, alone, agreed, firstMs, refused }
  }

  resume(memory: Record<string, unknown>): void {
    Object.assign(this, memory)
  }

  /** The anchor called the group malicious. */
  note(group: string): void {
    if (this.anchored.size < GROUPS_MAX) this.anchored.add(group)
    // What the anchor came to see too was no alert too many.
    if (this.alone.delete(group)) this.agreed.add(group)
  }

  /** Whether the anchor called the group malicious. */
  isAnchored(group: string): boolean {
    return this.anchored.has(group)
  }

  /** Whether the learner may call the group malicious now. */
  allows(group: string, timeMs: number): boolean {
    if (this.alone.has(group) || this.agreed.has(group)) return true
    if (Number.isNaN(this.firstMs)) this.firstMs = timeMs
    const days = 1 + Math.max(0, Math.floor((timeMs - this.firstMs) / DAY_MS))
    if (this.alone.size >= Math.min(GROUPS_MAX, days + 0.1 * this.anchored.size)) {
      this.refused++
      return false
    }
    this.alone.add(group)
    return true
  }
}
