import { NAME_CLASS } from './canonical-batch.ts'
import type { Thresholds } from './detection-model.ts'
import type { DomainState } from './domain-state.ts'
import { type LookupForm, lookupForm } from './lookup-form.ts'

export const NAMES_MIN = 3
export const QTYPE_SHARE = 0.9
export const ANSWERED_SHARE = 0.5
export const SMALL_ANSWER_SHARE = 0.9
export const OCTETS_A_NAME_MAX = 72
const SUFFIX_SHARE = 0.9

/** Answers up to this many octets beside addresses are small. */
export const SMALL_ANSWER_OCTETS = 128

/**
 * Whether a domain that passed a line stands as a look-up service, and by which form; undefined where it does not.
 *
 * Shape alone would hide the simplest exfiltration (fixed-length hexadecimal without a header), so the class also
 * needs that the domain makes a small share of what its clients ask: a look-up follows other traffic. Address forms are
 * free of that, since a mail server asks block lists for most of what it does. `octetsDay` is the account at 24 hours.
 */
export function judgeLookup(state: DomainState, octetsDay: number, thresholds: Thresholds): string | undefined {
  if (octetsDay > thresholds.lookupOctets || state.decayedDown > thresholds.lookupOctets) return undefined
  if (state.nameClass === NAME_CLASS.reverse) return 'reverse'
  if (state.novelNames < NAMES_MIN) return undefined
  let commonest = 0
  for (const count of state.qtypes.values()) commonest = Math.max(commonest, count)
  if (commonest < state.tallied * QTYPE_SHARE) return undefined
  if (state.answered < state.tallied * ANSWERED_SHARE) return undefined
  if (state.smallAnswers < state.answered * SMALL_ANSWER_SHARE) return undefined
  if (state.octets > state.novelNames * OCTETS_A_NAME_MAX) return undefined
  const form = formOf(state)
  if (form === 'address') return form
  if (form === undefined && !isSearchSuffix(state)) return undefined
  return state.clients.share() <= thresholds.lookupShare ? (form ?? 'search-suffix') : undefined
}

/** Names of other domains asked with this one behind them, hardly any of which exist (RFC 1535). */
export function isSearchSuffix(state: DomainState): boolean {
  const shaped = state.suffixShaped >= state.novelNames * SUFFIX_SHARE
  return shaped && state.nameErrors >= state.answered * SUFFIX_SHARE
}

/** The look-up form of a domain's latest names, if they have one. */
export function formOf(state: DomainState): LookupForm | undefined {
  return lookupForm(state.samples.ordered().map((prefix) => Buffer.from(prefix).toString('latin1')))
}
