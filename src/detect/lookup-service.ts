import { NAME_CLASS } from './canonical-batch.ts'
import type { Thresholds } from './detection-model.ts'
import type { DomainState } from './domain-state.ts'
import { isAddressForm, type LookupForm, lookupForm } from './lookup-form.ts'

export const NAMES_MIN = 3
export const QTYPE_SHARE = 0.9
export const ANSWERED_SHARE = 0.5
export const SMALL_ANSWER_SHARE = 0.9
export const OCTETS_A_NAME_MAX = 80
/** Names of a service that goes on for days come back: it looks the same file up again. */
const NEVER_REPEATED_SHARE = 0.9
const DAY_MS = 86_400_000
const SUFFIX_SHARE = 0.9

/** Answers up to this many octets beside addresses are small. */
export const SMALL_ANSWER_OCTETS = 128

/**
 * Whether a domain that passed a line stands as a look-up service, and by which form; undefined where it does not.
 *
 * Shape alone would hide the simplest exfiltration (fixed-length hexadecimal without a header), so the class also
 * needs that the domain makes a small share of what its clients ask: a look-up follows other traffic. Address forms are
 * free of that, since a mail server asks block lists for most of what it does. `octetsDay` is the account at 24 hours; `parts` as in {@link ClientTallies.share}.
 */
export function judgeLookup(
  state: DomainState,
  octetsDay: number,
  thresholds: Thresholds,
  parts = 1,
): string | undefined {
  if (octetsDay > thresholds.lookupOctets || state.decayedDown > thresholds.lookupOctets) return undefined
  if (state.nameClass === NAME_CLASS.reverse) return 'reverse'
  if (state.novelNames < NAMES_MIN) return undefined
  if (commonestType(state) < state.tallied * QTYPE_SHARE) return undefined
  if (state.answered < state.tallied * ANSWERED_SHARE) return undefined
  if (state.smallAnswers < state.answered * SMALL_ANSWER_SHARE) return undefined
  if (state.octets > state.novelNames * OCTETS_A_NAME_MAX) return undefined
  // What costs most is asked last, and only where it can matter.
  if (!(state.clients.share(parts) <= thresholds.lookupShare) || isSlowLeak(state, thresholds)) {
    return isAddressForm(state.samples.texts) ? 'address' : undefined
  }
  return formOf(state) ?? (isSearchSuffix(state) ? 'search-suffix' : undefined)
}

/**
 * Queries of the commonest type. Addresses of either kind and HTTPS count as one: a dual-stack client asks for all of
 * them by itself, and whoever sends data could as well have asked for one.
 */
export function commonestType(state: DomainState): number {
  let addresses = 0
  let commonest = 0
  for (const [qtype, count] of state.qtypes) {
    if (qtype === 1 || qtype === 28 || qtype === 65) addresses += count
    else commonest = Math.max(commonest, count)
  }
  return Math.max(addresses, commonest)
}

/**
 * Whether the domain's look-ups go on for more than a day, hardly ever come back, and pass the week's budget of each
 * client: the day's budget alone would let a kilobyte a day leave for ever.
 */
export function isSlowLeak(state: DomainState, thresholds: Thresholds): boolean {
  if (!(state.lastMs - state.firstMs > DAY_MS)) return false
  const clients = Math.max(1, state.clients.list.length)
  return (
    state.weekOctets > thresholds.lookupWeekOctets * clients && state.novelNames >= state.queries * NEVER_REPEATED_SHARE
  )
}

/** Names of other domains asked with this one behind them, hardly any of which exist (RFC 1535). */
export function isSearchSuffix(state: DomainState): boolean {
  const shaped = state.suffixShaped >= state.novelNames * SUFFIX_SHARE
  return shaped && state.nameErrors >= state.answered * SUFFIX_SHARE
}

/** The look-up form of a domain's latest names, if they have one. */
export function formOf(state: DomainState): LookupForm | undefined {
  return lookupForm(state.samples.texts)
}
