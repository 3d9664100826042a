import { quantileOfSorted } from '../stats/quantile.ts'
import { COUNTER_LINES } from './plain-counter.ts'
import type { TunnelResult } from './tunnel-result.ts'

/** Three figures of a spread, each of them something that happened. */
export interface Spread {
  readonly p50: number
  readonly p95: number
  readonly max: number
}

/** One detector over a set of captures. */
export interface TunnelTotal {
  readonly set: string
  readonly split: string
  readonly detector: string
  readonly captures: number
  readonly found: number
  /** Over the captures found. */
  readonly queries: Spread | null
  /** Octets by our own account; a counter has none. */
  readonly octets: Spread | null
  readonly prefixOctets: Spread | null
  readonly falseAlerts: number
}

/** Totals of the lab and of everybody else's captures, train and dev apart; ours and each line of the counter. */
export function tunnelTotals(results: readonly TunnelResult[]): TunnelTotal[] {
  const sets = ['lab', 'public'].flatMap((set) => ['dev', 'train'].map((split) => ({ set, split })))
  return sets.flatMap(({ set, split }) => {
    const own = results.filter((result) => setOf(result.network) === set && result.split === split)
    return own.length === 0 ? [] : detectorTotals(own).map((total) => ({ set, split, ...total }))
  })
}

/** Our own captures stand apart from everybody else's. */
export function setOf(network: string): 'lab' | 'public' {
  return network === 'lab' ? 'lab' : 'public'
}

function detectorTotals(results: readonly TunnelResult[]): Omit<TunnelTotal, 'set' | 'split'>[] {
  return [
    {
      detector: 'wakeful',
      captures: results.length,
      found: results.filter((result) => result.alerts.length > 0).length,
      queries: spreadOf(results.map((result) => result.queries)),
      octets: spreadOf(results.map((result) => result.octets)),
      prefixOctets: spreadOf(results.map((result) => result.prefixOctets)),
      falseAlerts: results.reduce((sum, result) => sum + result.outside.length, 0),
    },
    ...COUNTER_LINES.map((line, i) => ({
      detector: `counter ${line.toLocaleString('en-US')}`,
      captures: results.length,
      found: results.filter((result) => result.counter[i].queries !== null).length,
      queries: spreadOf(results.map((result) => result.counter[i].queries)),
      octets: null,
      prefixOctets: spreadOf(results.map((result) => result.counter[i].octets)),
      falseAlerts: results.reduce((sum, result) => sum + result.counter[i].falseDomains, 0),
    })),
  ]
}

/** The spread of the values there are; null where there are none. */
export function spreadOf(values: readonly (number | null)[]): Spread | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b)
  if (sorted.length === 0) return null
  return { p50: quantileOfSorted(sorted, 0.5), p95: quantileOfSorted(sorted, 0.95), max: sorted[sorted.length - 1] }
}
