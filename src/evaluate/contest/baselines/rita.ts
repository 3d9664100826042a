import type { Baseline } from './baseline.ts'

const DAY_MS = 86_400_000

/** Lines that RITA ships with, by the severity it gives past each. */
export const RITA_LINES = { base: 100, low: 500, medium: 800, high: 1000 } as const

/**
 * Distinct names under a domain a day: the whole of RITA's exfiltration score but for its modifiers. Days are UTC days,
 * as its datasets are; queries without a time are one day.
 *
 * Source: activecm/rita v5, `analysis/spagooper.go` and `default_config.hjson`.
 */
export const rita: Baseline = {
  name: 'rita',
  learns: 'nothing',
  fit: () => (sighting) => {
    const days = new Map<number, Set<number>>()
    for (const [i, prefix] of sighting.asked.entries()) {
      const day = Math.floor(sighting.times[i] / DAY_MS)
      const names = days.get(day) ?? new Set()
      days.set(day, names.add(prefix))
    }
    return Math.max(0, ...[...days.values()].map((names) => names.size))
  },
}
