import type { ClientTally } from './client-tally.ts'
import type { Thresholds } from './detection-model.ts'
import { peakRatios } from './domain-ratios.ts'
import type { DomainState, LearnedPeak, Peaks } from './domain-state.ts'
import { type FlatTable, WORD } from './flat-table.ts'
import { formOf, judgeLookup } from './lookup-service.ts'

/** A held look-up service is judged again after this many more names, or an eighth more, whichever is more. */
const JUDGE_EVERY = 8

/** Names of the detectors in the order they are listed. */
export const DETECTORS = ['account', 'downlink', 'sequential-answers', 'sequential-names'] as const

/** Which detectors are at or past their own line (DESIGN.md 4: any of them makes an alert). */
export function firedDetectors(peaks: Peaks): string[] {
  const ratios = peakRatios(peaks)
  return DETECTORS.filter((_, i) => ratios[i] > 1)
}

/** Takes the domain's present ratios into its peaks. */
function raisePeaks(
  state: DomainState,
  thresholds: Thresholds,
  table: FlatTable,
  at: number,
  tally: ClientTally,
): void {
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
 * alert, unless it stands as a look-up service.
 */
export function decideDomain(
  state: DomainState,
  thresholds: Thresholds,
  table: FlatTable,
  at: number,
  tally: ClientTally,
  timeMs: number,
  parts = 1,
): void {
  state.weekOctets = table.floats[at + WORD.account + 3]
  raisePeaks(state, thresholds, table, at, tally)
  if (state.alert) return
  const fired = firedDetectors(state.peaks)
  if (fired.length === 0) return
  if (state.lookup === undefined || isDue(state)) {
    state.judgedAt = state.novelNames
    state.lookup = judgeLookup(state, table.floats[at + WORD.account + 2], thresholds, parts)
  }
  if (state.lookup === undefined) raiseAlert(state, timeMs, fired)
}

/** The detector of {@link decideLearned}. */
export const LEARNED = 'learned'

/**
 * A version that was learned while running calls a name of the domain malicious: an alert, unless the domain has the shape and the
 * share of a look-up service. It only ever adds (DESIGN.md 6, L6): no peak, no line and no judgement of the others is touched.
 */
export function decideLearned(
  state: DomainState,
  said: LearnedPeak,
  thresholds: Thresholds,
  { octetsDay, timeMs, parts }: { readonly octetsDay: number; readonly timeMs: number; readonly parts: number },
): void {
  if (said.probability <= (state.learned?.probability ?? 0)) return
  state.learned = said
  if (state.alert || state.lookup !== undefined) return
  if (judgeLookup(state, octetsDay, thresholds, parts) === undefined) raiseAlert(state, timeMs, [LEARNED])
}

/** Whether it is time to look at the names again. */
function isDue(state: DomainState): boolean {
  return state.novelNames >= state.judgedAt + Math.max(JUDGE_EVERY, state.judgedAt >> 3)
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

/**
 * For name lists, which have no clients, no times and no answers: one plain sum of evidence that never falls back, and
 * only where the names are no look-up form and hold more than hosts of a server pool do (`48fh0s1.cdn.example` holds 5 octets).
 * A tunnel of short names cannot be told from a list of hosts by its names.
 */
export function decideListed(state: DomainState, thresholds: Thresholds, sum: number): void {
  state.peaks.names = Math.max(state.peaks.names, sum / thresholds.listSum)
  if (state.alert || sum <= thresholds.listSum) return
  if (state.novelNames < thresholds.listNames) return
  if (state.octets < state.novelNames * thresholds.listOctetsAName) return
  if (state.judgedAt > 0 && !isDue(state)) return
  state.judgedAt = state.novelNames
  if (formOf(state) === undefined) raiseAlert(state, Number.NaN, ['sequential-names'])
}
