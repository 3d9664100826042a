import { formatAddress } from '../batch/address.ts'
import type { ClientGroup } from '../detect/client-group.ts'
import type { Thresholds } from '../detect/detection-model.ts'
import type { Detector } from '../detect/detector.ts'
import { presentName } from '../detect/present.ts'

/** Detectors with a line of their own; those of the client stage apart. */
export const LINES = [
  'account',
  'downlink',
  'sequential-answers',
  'sequential-names',
  'client-account',
  'client-answers',
  'client-names',
] as const
export type Line = (typeof LINES)[number]

/** Who came nearest to a line, as a ratio to it: past 1 is an alert. */
export interface Near {
  readonly ratio: number
  /** Domain, or client and what it did. */
  readonly subject: string
}

/** The nearest of each line; a line nobody came near (ratio 0) is absent. */
export type Nearest = Partial<Record<Line, Near>>

/**
 * The nearest of every line in one observation. Domains that stand as look-up services passed theirs, so they are left
 * out (they are listed by name); client groups of fewer domains than the line asks for cannot alert, and are too.
 */
export function nearestOf(detector: Detector, thresholds: Thresholds): Nearest {
  const nearest: Nearest = {}
  for (const partition of detector.partitions) {
    for (const { domain, peaks, alert, lookup } of [...partition.closed, ...partition.rich.values()]) {
      if (alert === undefined && lookup !== undefined) continue
      const subject = () => presentName(domain)
      take(nearest, 'account', peaks.account, subject)
      take(nearest, 'downlink', peaks.downlink, subject)
      take(nearest, 'sequential-answers', peaks.answers, subject)
      take(nearest, 'sequential-names', peaks.names, subject)
    }
  }
  for (const group of detector.clients.all()) {
    if (group.domainCount < thresholds.rotationDomains) continue
    take(nearest, 'client-account', group.peakAccount, () => describe(group))
    take(nearest, 'client-answers', group.peakAnswers, () => describe(group))
    take(nearest, 'client-names', group.peakNames, () => describe(group))
  }
  return nearest
}

/** The nearest over several observations; of equals the first. */
export function mergeNearest(all: readonly Nearest[]): Nearest {
  const merged: Nearest = {}
  for (const nearest of all) {
    for (const line of LINES) {
      const near = nearest[line]
      if (near) take(merged, line, near.ratio, () => near.subject)
    }
  }
  return merged
}

/** How many times larger the line is than what came nearest to it; infinite where nothing did. */
export function marginOf(near: Near | undefined): number {
  return near ? 1 / near.ratio : Number.POSITIVE_INFINITY
}

function take(nearest: Nearest, line: Line, ratio: number, subject: () => string): void {
  if (ratio > (nearest[line]?.ratio ?? 0)) nearest[line] = { ratio, subject: subject() }
}

function describe(group: ClientGroup): string {
  const kind = group.invented ? 'invented names' : 'rare domains'
  return `${formatAddress(group.client, 0)} (${group.domainCount} ${kind})`
}
