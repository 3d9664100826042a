const DAY_MS = 86_400_000

/**
 * How much one group (a domain, a client) may teach in a day: a flood of look-alike rows, or of verdicts on one domain, must
 * not outweigh everybody else. Groups are remembered for the day only, and only so many.
 */
export class GroupAllowance {
  private readonly weightMax: number
  private readonly groupsMax: number
  private day = Number.NaN
  private readonly taught = new Map<string, number>()
  /** Weight that was not let through. */
  refused = 0

  constructor(weightMax: number, groupsMax = 100_000) {
    this.weightMax = weightMax
    this.groupsMax = groupsMax
  }

  /** The part of `weight` that the group may still teach today. */
  grant(group: string, timeMs: number, weight: number): number {
    const day = Math.floor(timeMs / DAY_MS)
    if (day !== this.day) this.taught.clear()
    this.day = day
    const before = this.taught.get(group)
    if (before === undefined && this.taught.size >= this.groupsMax) {
      this.refused += weight
      return 0
    }
    const granted = Math.max(0, Math.min(weight, this.weightMax - (before ?? 0)))
    this.taught.set(group, (before ?? 0) + granted)
    this.refused += weight - granted
    return granted
  }
}
