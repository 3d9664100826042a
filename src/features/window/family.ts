import type { WindowTally } from './window-tally.ts'

/** Unit of a window feature's value. */
export type WindowUnit =
  | 'queries'
  | 'names'
  | 'octets'
  | 'clients'
  | 'types'
  | 'seconds'
  | 'bits/octet'
  | 'ratio'
  | 'balance'

/** A window feature's column. */
export interface WindowFeature {
  readonly name: string
  readonly unit: WindowUnit
}

/**
 * A tight family of features of one domain over a window. Pure: writes `features.length` numbers at `at`, NaN where the
 * window cannot tell, and nothing else. Never clock time, TTL, address or the domain's own name, which tell recordings
 * apart instead of classes.
 */
export interface WindowFeatureFamily {
  readonly name: string
  readonly features: readonly WindowFeature[]
  extract(tally: WindowTally, out: Float64Array, at: number): void
}
