import type { Joined } from '../detect/flows/flow-join.ts'
import { type Incident, isAlert } from '../detect/incident.ts'
import type { DistinctSubjects } from '../pipeline/distinct-subjects.ts'
import type { InputProblem } from '../sources/inputs/find-inputs.ts'
import type { InputCounts } from '../sources/source.ts'

/** What a run found and read, for {@link runStats}. */
export interface RunFacts {
  readonly counts: readonly InputCounts[]
  readonly skipped: readonly InputProblem[]
  readonly incidents: readonly Incident[]
  readonly distinct: DistinctSubjects
  readonly seconds: number
  readonly joined?: Joined | undefined
}

const SUMS = ['packets', 'messages', 'queries', 'responses', 'rows'] as const

/** The object of `--stats` (DESIGN.md 5). `failure` of an input and `leftOut` stand beside what the contract names. */
export function runStats({ counts, skipped, incidents, distinct, seconds, joined }: RunFacts) {
  const sum = (name: (typeof SUMS)[number] | 'skipped') => counts.reduce((total, input) => total + input[name], 0)
  return {
    inputs: counts.length,
    packets: sum('packets'),
    messages: sum('messages'),
    queries: sum('queries'),
    responses: sum('responses'),
    rows: sum('rows'),
    malformed: sumReasons(counts),
    skipped: sum('skipped'),
    clients: distinct.clients,
    domains: distinct.domains,
    incidents: incidents.length,
    alerts: incidents.filter(isAlert).length,
    seconds: Math.round(seconds * 1000) / 1000,
    // libuv gives KiB on every system.
    peakRssMiB: Math.round(process.resourceUsage().maxRSS / 102.4) / 10,
    perInput: counts,
    ...(joined ? { flows: joined } : {}),
    leftOut: skipped.map(({ label, sentence }) => ({ source: label, reason: sentence })),
  }
}

function sumReasons(counts: readonly InputCounts[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { malformed } of counts) {
    for (const [reason, count] of Object.entries(malformed)) sums[reason] = (sums[reason] ?? 0) + count
  }
  return Object.fromEntries(Object.entries(sums).sort(([a], [b]) => (a < b ? -1 : 1)))
}
