import { isAlert } from '../detect/incident.ts'
import { clopperPearson } from '../stats/clopper-pearson.ts'
import type { Measured } from './measure-row.ts'
import { mergeNearest, type Nearest } from './nearest.ts'
import { COUNTER_LINES } from './plain-counter.ts'
import { subjectOf } from './tunnel-result.ts'

/** `lab`: imitated. `sweep`: a script asking for top domains. `natural`: what people and their machines asked. */
export const TRAFFIC = ['natural', 'sweep', 'lab'] as const
export type Traffic = (typeof TRAFFIC)[number]

/** Benign traffic of one network and split. */
export interface BenignResult {
  readonly traffic: Traffic
  readonly origin: string
  readonly split: string
  readonly captures: number
  readonly clients: number
  readonly queries: number
  /** Distinct registered domains somebody asked for a name under: what could have been a false alarm. */
  readonly judged: number
  /** Alerts (medium and above), each with its capture. */
  readonly alerts: readonly string[]
  /** Domains that stand as look-up services, each with its form. */
  readonly low: readonly string[]
  /** False domains of the plain counter at each of its lines. */
  readonly counter: readonly number[]
  /** Upper bound (95 %, one-sided) on the rate of false domains; 3 / judged where there were none. */
  readonly rateMax: number
  readonly nearest: Nearest
}

/** Results by network and split, natural ones first. */
export function benignResults(measured: readonly Measured[]): BenignResult[] {
  const origins = new Map<string, Measured[]>()
  for (const one of measured) {
    const key = JSON.stringify([TRAFFIC.indexOf(trafficOf(one)), one.row.split, one.row.network])
    origins.set(key, [...(origins.get(key) ?? []), one])
  }
  const sorted = [...origins].sort(([a], [b]) => (a < b ? -1 : 1))
  return sorted.map(([, captures]) => originResult(captures))
}

function trafficOf({ row }: Measured): Traffic {
  if (row.network === 'lab') return 'lab'
  return row.family === 'domain-sweep' ? 'sweep' : 'natural'
}

function originResult(captures: readonly Measured[]): BenignResult {
  const { network, split } = captures[0].row
  const alerts = captures.flatMap(({ incidents, row }) =>
    incidents.filter(isAlert).map((incident) => ({ subject: subjectOf(incident), file: row.file })),
  )
  const falseSubjects = distinct(alerts.map(({ subject }) => subject)).length
  const domains = captures.flatMap((capture) => capture.domains)
  const judged = distinct(domains.filter(({ octets }) => octets > 0).map(({ domain }) => domain)).length
  return {
    traffic: trafficOf(captures[0]),
    origin: network,
    split,
    captures: captures.length,
    clients: distinct(captures.flatMap(({ clients }) => [...clients])).length,
    queries: captures.reduce((sum, capture) => sum + capture.queries, 0),
    judged,
    alerts: alerts.map(({ subject, file }) => `${subject} (${file})`),
    low: distinct(captures.flatMap(({ lookups }) => lookups.map(({ domain, form }) => `${domain} (${form})`))).sort(),
    counter: COUNTER_LINES.map(
      (_, i) => distinct(domains.filter(({ passed }) => passed[i]).map(({ domain }) => domain)).length,
    ),
    rateMax: clopperPearson(Math.min(falseSubjects, judged), judged, 0.9).upper,
    nearest: mergeNearest(captures.map((capture) => capture.nearest)),
  }
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)]
}
