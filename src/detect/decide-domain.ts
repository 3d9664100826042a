import type { ClientTally } from './client-tally.ts'
import type { Thresholds } from './detection-model.ts'
import type { DomainState, Peaks } from './domain-state.ts'
import { type FlatTable, WORD } from './flat-table.ts'
import { judgeLookup } from './lookup-service.ts'

/** A held look-up service is judged again each time it has made this many more names. */
const JUDGE_EVERY = 8

/** Names of the detectors in the order they are listed. */
export const DETECTORS = ['account', 'downlink', 'sequential-answers', 'sequential-names'] as const

/** Which detectors are at or past their own line (DESIGN.md 4: any of them makes an alert). */
export function firedDetectors(peaks: Peaks): string[] {
  const ratios = [peaks.account, peaks.downlink, peaks.answers, peaks.names]
  return DETECTORS.filter((_, i) => ratios[i] > 1)
}

/** Takes the domain's present ratios into its peaks. */
function raisePeaks(state: DomainState, thresholds: Thresholds, table: FlatTable, at: number, tally: ClientTally): void {
  const { peaks } = state
  for (let scale = 0; scale < thresholds.accountOctets.length; scale++) {
    const octets = table.floats[at + WORD.account + scale]
    const ratio = octets / thresholds.accountOctets[scale]
    if (ratio > peaks.account) {
      peaks.account = ratio
      peaks.accountOctets = octets
      peaks.accountScale = scale
    }
  }
  if (state.novelNames >= thresholds.downlinkNames) {
    const ratio = state.decayedDown / thresholds.downlinkOctets
    if (ratio > peaks.downlink) {
      peaks.downlink = ratio
      peaks.downlinkOctets = state.decayedDown
    }
  }
  if (state.octets >= thresholds.sequentialOctets) {
    peaks.names = Math.max(peaks.names, tally.sumNames / thresholds.sequential.names)
    peaks.answers = Math.max(peaks.answers, tally.sumAnswers / thresholds.sequential.answers)
  }
}

/**
 * L5 for one domain after a novel name: raises the peaks, and where a detector is past its line makes the domain an
 * alert, unless it stands as a look-up service. `listed` domains (no times) know the names sum only.
 */
export function decideDomain(
  state: DomainState,
  thresholds: Thresholds,
  table: FlatTable,
  at: number,
  tally: ClientTally,
  timeMs: number,
): void {
  if (state.alert) {
    raisePeaks(state, thresholds, table, at, tally)
    return
  }
  raisePeaks(state, thresholds, table, at, tally)
  const fired = firedDetectors(state.peaks)
  if (fired.length === 0) return
  if (state.lookup === undefined || state.novelNames >= state.judgedAt + JUDGE_EVERY) {
    state.judgedAt = state.novelNames
    state.lookup = judgeLookup(state, table.floats[at + WORD.account + 2], thresholds)
  }
  if (state.lookup === undefined) raiseAlert(state, timeMs, fired)
}

/** Marks the moment; later detectors add to the peaks, not to the mark. */
export function raiseAlert(state: DomainState, timeMs: number, detectors: string[]): void {
  state.alert = {
    timeMs,
    queries: state.queries,
    octets: state.octets,
    prefixOctets: state.prefixOctets,
    detectors,
  }
}

/** For name lists: one plain sum, no client, no volume (DESIGN.md 5). */
export function decideListed(state: DomainState, thresholds: Thresholds, sum: number): void {
  state.peaks.names = Math.max(state.peaks.names, sum / thresholds.listSum)
  if (!state.alert && state.peaks.names > 1) raiseAlert(state, Number.NaN, ['sequential-names'])
}
