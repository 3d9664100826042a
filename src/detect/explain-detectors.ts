import type { ClientGroup } from './client-group.ts'
import { LEARNED } from './decide-domain.ts'
import { ACCOUNT_SECONDS, type Thresholds } from './detection-model.ts'
import type { DomainState } from './domain-state.ts'
import type { NamedRatio } from './fusion.ts'
import type { DetectorResult } from './incident.ts'
import type { SideReading } from './side-detector.ts'

const SCALE_WORDS = ['10 minutes', '6 hours', '24 hours', '7 days'] as const

/** The longest scale's words for a number of seconds. */
export function scaleWords(scale: number): string {
  return SCALE_WORDS[scale] ?? `${ACCOUNT_SECONDS[scale]} s`
}

function result(name: string, ratio: number, reason: string): DetectorResult {
  return { name, score: Math.round(ratio * 1000) / 1000, reason, fired: ratio > 1 }
}

const octets = (value: number) => `${Math.round(value).toLocaleString('en-US')} octets`

/** Each detector of a domain with its ratio to its line and one sentence; those that saw nothing are left out. */
export function domainDetectors(state: DomainState, thresholds: Thresholds, timed: boolean): DetectorResult[] {
  const { peaks } = state
  if (!timed) {
    const reason = `names alone read like a tunnel's: sum ${(peaks.names * thresholds.listSum).toFixed(1)} against ${thresholds.listSum}; a list has no times and no clients, so volume cannot be judged`
    return [result('sequential-names', peaks.names, reason)]
  }
  const line = thresholds.accountOctets[peaks.accountScale]
  const all = [
    result(
      'account',
      peaks.account,
      `${octets(peaks.accountOctets)} of new information left in names within ${scaleWords(peaks.accountScale)}, against ${octets(line)}`,
    ),
    result(
      'downlink',
      peaks.downlink,
      `${octets(peaks.downlinkOctets)} came back in new answers to new names within 6 hours, against ${octets(thresholds.downlinkOctets)}`,
    ),
    result(
      'sequential-answers',
      peaks.answers,
      sumReason('names with their answers', peaks.answers, thresholds.sequential.answers),
    ),
    result('sequential-names', peaks.names, sumReason('names alone', peaks.names, thresholds.sequential.names)),
    ...learnedDetector(state),
  ]
  return all.filter((detector) => detector.score > 0)
}

function learnedDetector({ learned }: DomainState): DetectorResult[] {
  if (learned === undefined) return []
  const { probability, line, version } = learned
  const reason = `the version ${version}, learned from verdicts and confirmed accounts, puts a name at ${probability.toFixed(3)}, against ${line.toFixed(3)}`
  return [result(LEARNED, probability / line, reason)]
}

/** What side detectors say; they never fire. */
export function sideDetectors(sides: readonly (NamedRatio & SideReading)[]): DetectorResult[] {
  return sides.map(({ name, ratio, reason }) => ({ ...result(name, ratio, reason), fired: false }))
}

/** As {@link domainDetectors}, for a client across domains. */
export function groupDetectors(group: ClientGroup, thresholds: Thresholds): DetectorResult[] {
  const line = group.invented ? thresholds.inventedOctets : thresholds.rotationOctets
  const where = group.invented ? 'names under top-level names that do not exist' : 'costly names under rare domains'
  const all = [
    result(
      'client-account',
      group.peakAccount,
      `${octets(group.peakAccount * line)} of new information in ${where} (${group.domainCount.toLocaleString('en-US')} domains) within 6 hours, against ${octets(line)}`,
    ),
    result(
      'sequential-answers',
      group.peakAnswers,
      sumReason('names with their answers', group.peakAnswers, thresholds.sequential.answers),
    ),
    result('sequential-names', group.peakNames, sumReason('names alone', group.peakNames, thresholds.sequential.names)),
  ]
  return all.filter((detector) => detector.score > 0)
}

function sumReason(what: string, ratio: number, limit: number): string {
  return `new ${what} read like a tunnel's one after the other: evidence ${(ratio * limit).toFixed(1)} against ${limit}`
}
