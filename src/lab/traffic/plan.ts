/** Benign traffic to be made beside transfers: nothing, look-ups and sites, or either alone. */
export const BENIGN_MIXES = ['none', 'mix', 'lookups', 'sites'] as const
export type BenignMix = (typeof BENIGN_MIXES)[number]

/** Which way a transfer's payload goes. */
export const DIRECTIONS = ['up', 'down', 'both'] as const
export type Direction = (typeof DIRECTIONS)[number]

/** Traffic to be made. The same plan makes the same octets. */
export interface TrafficPlan {
  readonly styles: readonly string[]
  readonly benign: BenignMix
  /** Names of the user's own, asked as sites are. */
  readonly names: readonly string[]
  readonly minutes: number
  readonly seed: number
  /** Transfers of each style. */
  readonly transfers: number
  /** Questions a second of each transfer; drawn for each, .2 to 20, where it is not said. */
  readonly rate: number | undefined
  readonly direction: Direction
  /** Domains and hosts that one transfer spreads over. */
  readonly domains: number
  readonly hosts: number
  /** Share of a transfer's questions that carry nothing and look like any site's. */
  readonly decoys: number
  /** Types to ask for in place of the tool's own. */
  readonly qtypes: readonly number[]
  /** Clients of the network. */
  readonly clients: number
  /** Benign questions to each of a transfer's. */
  readonly benignRatio: number
  /** What the clock says at the first packet. */
  readonly startMs: number
}

export const TRAFFIC_DEFAULTS: TrafficPlan = {
  ...{ styles: [], benign: 'mix', names: [], minutes: 10, seed: 1, transfers: 3, rate: undefined, direction: 'up' },
  ...{ domains: 1, hosts: 1, decoys: 0, qtypes: [], clients: 12, benignRatio: 1 },
  startMs: Date.UTC(2026, 0, 5, 9),
}

/** Something about a plan that cannot be; the message is one sentence for the operator. */
export class PlanError extends Error {
  override readonly name = 'PlanError'
}
