import type { Thresholds } from '../../detect/detection-model.ts'
import type { DomainState, Peaks } from '../../detect/domain-state.ts'
import { scaleWords } from '../../detect/explain-detectors.ts'
import { type FlatTable, WORD } from '../../detect/flat-table.ts'

/** The highest a detector read, beside its limit. */
export interface Reading {
  readonly detector: string
  /** What it is over: a stretch of time, or the names of one client. */
  readonly over: string
  readonly highest: number
  readonly limit: number
  readonly unit: 'octets' | 'evidence'
  readonly fired: boolean
  /** Why it may not speak yet; empty where it may. */
  readonly silent: string
}

/** Where a domain's readings are taken from: rich states it has or had, and its flat row. */
export interface AccountPlace {
  readonly states: readonly DomainState[]
  readonly table: FlatTable
  /** First word of its row, -1 where it has none. */
  readonly at: number
}

/** Every detector of a domain, in the order of an incident's. */
export function readings(
  place: AccountPlace,
  accounts: Float64Array,
  thresholds: Thresholds,
  timed: boolean,
): Reading[] {
  if (!timed) return [listReading(place, thresholds)]
  return [
    ...thresholds.accountOctets.map((limit, scale) =>
      read('account', scaleWords(scale), accounts[scale], limit, 'octets'),
    ),
    downlinkReading(place, thresholds),
    sequentialReading(place, thresholds, 'answers'),
    sequentialReading(place, thresholds, 'names'),
  ]
}

function read(
  detector: string,
  over: string,
  highest: number,
  limit: number,
  unit: Reading['unit'],
  silent = '',
): Reading {
  const rounded = Math.round(highest * 1000) / 1000
  return { detector, over, highest: rounded, limit, unit, fired: highest > limit && silent === '', silent }
}

function listReading({ states, table, at }: AccountPlace, thresholds: Thresholds): Reading {
  const sum = Math.max(
    highest(states, (peaks) => peaks.names) * thresholds.listSum,
    at < 0 ? 0 : table.floats[at + WORD.sumNames],
  )
  const alerted = states.some((state) => state.alert !== undefined)
  const silent = sum > thresholds.listSum && !alerted ? 'too few names, too little in each, or a look-up form' : ''
  return read('sequential-names', 'the whole list', sum, thresholds.listSum, 'evidence', silent)
}

function downlinkReading({ states }: AccountPlace, { downlinkNames, downlinkOctets }: Thresholds): Reading {
  const heard = Math.max(0, ...states.map((state) => state.novelNames))
  const peak = Math.max(0, ...states.map((state) => state.peaks.downlinkOctets))
  if (heard >= downlinkNames) return read('downlink', '6 hours', peak, downlinkOctets, 'octets')
  const now = Math.max(0, ...states.map((state) => state.decayedDown))
  return read('downlink', '6 hours', now, downlinkOctets, 'octets', `speaks from ${downlinkNames} new names on`)
}

function sequentialReading(
  { states, table, at }: AccountPlace,
  thresholds: Thresholds,
  arm: 'names' | 'answers',
): Reading {
  const limit = thresholds.sequential[arm]
  const peak = highest(states, (peaks) => peaks[arm]) * limit
  const over = arm === 'names' ? 'new names alone' : 'new names, answers'
  const name = `sequential-${arm}`
  if (states.some((state) => state.octets >= thresholds.sequentialOctets))
    return read(name, over, peak, limit, 'evidence')
  const sums = states.flatMap((state) =>
    state.clients.list.map((tally) => (arm === 'names' ? tally.sumNames : tally.sumAnswers)),
  )
  const flat = at < 0 ? 0 : table.floats[at + (arm === 'names' ? WORD.sumNames : WORD.sumAnswers)]
  const now = Math.max(0, flat, ...sums)
  return read(name, over, now, limit, 'evidence', `speaks from ${thresholds.sequentialOctets} octets up on`)
}

function highest(states: readonly DomainState[], ratio: (peaks: Peaks) => number): number {
  return Math.max(0, ...states.map((state) => ratio(state.peaks)))
}
