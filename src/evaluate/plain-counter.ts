import { type CanonicalBatch, NAME_CLASS } from '../detect/canonical-batch.ts'
import { presentName } from '../detect/present.ts'

/** Octets at which the counter would alert. */
export const COUNTER_LINES = [256, 512, 1024] as const

/** What the counter knows of one domain. */
export interface CountedDomain {
  readonly domain: string
  /** Its hash, as in the detector's state. */
  readonly lo: number
  readonly hi: number
  queries: number
  octets: number
  /** For each line: queries and prefix octets when it was passed; absent where it was not. */
  readonly passed: ({ queries: number; octets: number } | undefined)[]
}

/**
 * The bar every figure stands beside: unique prefix octets per registered domain, summed without decay, alert past a
 * line. No learning, no codes, no look-up class. Exact, so its memory grows with the names: for evaluation only.
 *
 * Reverse, local and single names are left out, as its users would.
 */
export class PlainCounter {
  readonly domains: Map<string, CountedDomain> = new Map()
  private readonly names = new Set<string>()

  add(rows: CanonicalBatch): void {
    const { batch } = rows
    for (let row = 0; row < batch.rows; row++) {
      const nameClass = rows.nameClass[row]
      if (nameClass !== NAME_CLASS.ordinary && nameClass !== NAME_CLASS.invented) continue
      if (rows.counted[row] === 0) continue
      const key = `${rows.domainLo[row]},${rows.domainHi[row]}`
      let counted = this.domains.get(key)
      if (!counted) {
        const start = batch.nameStart[row] + rows.domainOffset[row]
        const domain = presentName(batch.arena.slice(start, start + rows.domainLength[row])).toLowerCase()
        const [lo, hi] = [rows.domainLo[row], rows.domainHi[row]]
        counted = { domain, lo, hi, queries: 0, octets: 0, passed: COUNTER_LINES.map(() => undefined) }
        this.domains.set(key, counted)
      }
      counted.queries++
      const prefix = rows.domainOffset[row]
      if (prefix === 0) continue
      const name = `${rows.nameLo[row]},${rows.nameHi[row]}`
      if (this.names.has(name)) continue
      this.names.add(name)
      // The last length octet stands where the dot before the domain would.
      counted.octets += prefix - 1
      for (const [i, line] of COUNTER_LINES.entries()) {
        if (counted.octets > line) counted.passed[i] ??= { queries: counted.queries, octets: counted.octets }
      }
    }
  }
}
