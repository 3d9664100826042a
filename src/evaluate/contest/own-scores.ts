import type { ClientGroup } from '../../detect/client-group.ts'
import type { DetectionModel } from '../../detect/detection-model.ts'
import type { Detector } from '../../detect/detector.ts'
import { fuseDomain, readSides } from '../../detect/domain-ratios.ts'
import type { DomainState } from '../../detect/domain-state.ts'
import { fuse } from '../../detect/fusion.ts'
import { UNREGISTERED } from './sighting.ts'

/** Detectors of the product that are contestants, by name. */
export const OWN = ['alerts', 'fused', 'accounts', 'L1'] as const
export type Own = (typeof OWN)[number]

/** What the product's detectors say of the domains of one file; domains without rich state are absent: 0. */
export type OwnScores = ReadonlyMap<string, Readonly<Record<Own, number>>>

/**
 * Reads the finished detector. `alerts`: 1 for an alert, at the product's own lines. `L1`: the highest ratio of the sequential test to its lines. `accounts`: the highest of
 * the accounts up and down to theirs. `fused`: as the product ranks, alerts above all else (1 + score), then the score.
 * A domain that stands as a look-up service and is no alert ranks lowest in `accounts` and `fused`, since the product
 * names it as low whatever it sums up to. Clients across domains stand in for {@link UNREGISTERED}: they are what the
 * product watches such names by.
 */
export function ownScores(detector: Detector, model: DetectionModel): OwnScores {
  const scores = new Map<string, Record<Own, number>>()
  for (const partition of detector.partitions) {
    for (const state of [...partition.closed, ...partition.rich.values()]) {
      raise(scores, domainKey(state.lo, state.hi), scoresOf(state, model))
    }
  }
  for (const group of detector.clients.all()) {
    if (group.domainCount >= model.thresholds.rotationDomains) raise(scores, UNREGISTERED, groupScores(group, model))
  }
  return scores
}

/** Key of a domain in {@link OwnScores}, out of its hash. */
export function domainKey(lo: number, hi: number): string {
  // The detector's table has no room for a high half of 0.
  return `${lo},${hi || 1}`
}

function scoresOf(state: DomainState, model: DetectionModel): Record<Own, number> {
  const { peaks, alert, lookup } = state
  const { account, downlink, answers, names } = peaks
  const L1 = Math.max(answers, names)
  if (alert === undefined && lookup !== undefined) return { alerts: 0, fused: 0, accounts: 0, L1 }
  const { score } = fuseDomain(state, model, readSides(state, model))
  return { ...ranked(alert !== undefined, score), accounts: Math.max(account, downlink), L1 }
}

function groupScores(group: ClientGroup, model: DetectionModel): Record<Own, number> {
  const { peakAccount, peakAnswers, peakNames } = group
  const { score } = fuse(model.fusion, [peakAccount, 0, peakAnswers, peakNames])
  return {
    ...ranked(group.alert !== undefined, score),
    accounts: peakAccount,
    L1: Math.max(peakAnswers, peakNames),
  }
}

function ranked(isAlert: boolean, score: number): Pick<Record<Own, number>, 'alerts' | 'fused'> {
  return isAlert ? { alerts: 1, fused: 1 + score } : { alerts: 0, fused: score }
}

function raise(scores: Map<string, Record<Own, number>>, key: string, of: Record<Own, number>): void {
  const known = scores.get(key)
  if (known) for (const own of OWN) known[own] = Math.max(known[own], of[own])
  else scores.set(key, of)
}
