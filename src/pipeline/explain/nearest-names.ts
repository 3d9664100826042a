/** Names that are offered instead of one that was not seen. */
const NEAREST_MAX = 5

/** Keeps the names nearest to one by edit distance (Levenshtein 1966); of equals the first by code unit. */
export class NearestNames {
  private readonly wanted: string
  private kept: { name: string; distance: number }[] = []

  constructor(wanted: string) {
    this.wanted = wanted
  }

  add(name: string): void {
    const { kept } = this
    const worst = kept.length < NEAREST_MAX ? Number.POSITIVE_INFINITY : kept[kept.length - 1].distance
    // The difference in length is a distance that costs nothing to know.
    if (Math.abs(name.length - this.wanted.length) > worst || kept.some((other) => other.name === name)) return
    const distance = editDistance(this.wanted, name)
    if (distance > worst) return
    kept.push({ name, distance })
    kept.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    this.kept = kept.slice(0, NEAREST_MAX)
  }

  get names(): string[] {
    return this.kept.map(({ name }) => name)
  }
}

/** Single-character insertions, deletions and replacements that make `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, row[j] + 1, next[j - 1] + 1))
    }
    row = next
  }
  return row[b.length]
}
