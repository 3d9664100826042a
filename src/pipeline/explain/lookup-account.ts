import { NAME_CLASS } from '../../detect/canonical-batch.ts'
import type { Thresholds } from '../../detect/detection-model.ts'
import type { DomainState } from '../../detect/domain-state.ts'
import {
  ANSWERED_SHARE,
  commonestType,
  formOf,
  isSearchSuffix,
  isSlowLeak,
  NAMES_MIN,
  OCTETS_A_NAME_MAX,
  QTYPE_SHARE,
  SMALL_ANSWER_OCTETS,
  SMALL_ANSWER_SHARE,
} from '../../detect/lookup-service.ts'

/** How a domain stands against the look-up judgement at the end of the input. */
export interface LookupAccount {
  /** The form it stands by, where it is held. */
  readonly heldAs: string | null
  /** The form of its latest names, whatever else speaks against it. */
  readonly form: string | null
  /** Its share of what its clients asked for, and the largest one that is no evidence. */
  readonly clientShare: number | null
  readonly clientShareLimit: number
  /** What speaks against a look-up service, one sentence each. */
  readonly against: readonly string[]
}

/** The judgement of `judgeLookup`, with its reasons; a test holds that the two never differ. */
export function lookupAccount(state: DomainState, octetsDay: number, thresholds: Thresholds): LookupAccount {
  const share = state.clients.share()
  return {
    heldAs: state.alert ? null : (state.lookup ?? null),
    form: state.nameClass === NAME_CLASS.reverse ? 'reverse' : (formOf(state) ?? null),
    clientShare: Number.isNaN(share) ? null : share,
    clientShareLimit: thresholds.lookupShare,
    against: objections(state, octetsDay, share, thresholds),
  }
}

function objections(state: DomainState, octetsDay: number, share: number, thresholds: Thresholds): string[] {
  const { tallied, answered, novelNames, octets, decayedDown } = state
  const budget = thresholds.lookupOctets
  const against: string[] = []
  const object = (wrong: boolean, sentence: string) => {
    if (wrong) against.push(sentence)
  }
  object(octetsDay > budget, `${figure(octetsDay)} octets up within 24 hours are past the budget of ${figure(budget)}`)
  object(
    decayedDown > budget,
    `${figure(decayedDown)} octets down within 6 hours are past the budget of ${figure(budget)}`,
  )
  // The form of a reverse look-up tells all of it.
  if (state.nameClass === NAME_CLASS.reverse) return against
  object(novelNames < NAMES_MIN, `fewer than ${NAMES_MIN} names have no form yet`)
  const commonest = commonestType(state)
  object(
    commonest < tallied * QTYPE_SHARE,
    `its queries are of several types: the commonest is ${percent(commonest / tallied)} of them, where look-ups have one for ${percent(QTYPE_SHARE)}`,
  )
  object(answered < tallied * ANSWERED_SHARE, `only ${percent(answered / tallied)} of its queries were answered`)
  object(
    state.smallAnswers < answered * SMALL_ANSWER_SHARE,
    `${percent(1 - state.smallAnswers / answered)} of its answers hold more than ${SMALL_ANSWER_OCTETS} octets`,
  )
  object(
    octets > novelNames * OCTETS_A_NAME_MAX,
    `a new name holds ${figure(octets / novelNames)} octets of information, more than the ${OCTETS_A_NAME_MAX} of the longest keys`,
  )
  const form = formOf(state)
  if (form === 'address') return against
  object(
    form === undefined && !isSearchSuffix(state),
    'its names have no look-up form: they are not cut alike, or hold a header, a counter or text',
  )
  object(
    isSlowLeak(state, thresholds),
    `its look-ups go on for more than a day, hardly ever come back, and passed ${figure(thresholds.lookupWeekOctets)} octets a week and client`,
  )
  if (Number.isNaN(share)) object(true, 'what else its clients asked for is not known')
  else {
    const limit = thresholds.lookupShare
    object(
      share > limit,
      `it is ${percent(share)} of what its clients asked for, where look-ups follow other traffic and stay below ${percent(limit)}`,
    )
  }
  return against
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function figure(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}
