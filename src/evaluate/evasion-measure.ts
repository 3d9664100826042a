import type { DetectionModel } from '../detect/detection-model.ts'
import type { Detector } from '../detect/detector.ts'
import type { AlertMark } from '../detect/domain-state.ts'
import { presentName } from '../detect/present.ts'
import { observe } from '../pipeline/run.ts'
import type { StateFolder } from '../pipeline/state-folder.ts'
import type { Leaked, Staged } from './evasion-staged.ts'
import { type Nearest, nearestOf } from './nearest.ts'

/** Questions and octets of an attack. */
export interface Amount {
  readonly queries: number
  /** Questions for a name not asked before. */
  readonly names: number
  readonly prefixOctets: number
  readonly payloadOctets: number
}

/** What a scan said of staged traffic. */
export interface EvasionOutcome {
  /** Time of the first alert that names the attack; null where there is none. */
  readonly alertMs: number | null
  /** What fired first. */
  readonly detectors: readonly string[]
  /** The account of what was named, at that moment. */
  readonly accountOctets: number | null
  /** What had left by then, the alert's own question included; all of it where there was no alert. */
  readonly before: Amount
  /** Forms by which the attack's domains stand as look-up services. */
  readonly lookups: readonly string[]
  /** Alerts that name anything else. */
  readonly outside: readonly string[]
  readonly nearest: Nearest
}

interface Alert {
  readonly domains: readonly string[]
  readonly client: boolean
  readonly mark: AlertMark
}

export interface MeasureOptions {
  /** Accounts of earlier observations: loaded before, saved after. */
  readonly state?: StateFolder
  /** Whether to stop reading at the alert: what comes later is not looked at. */
  readonly untilAlert?: boolean
}

/** Scans staged traffic as one observation. */
export async function measureStaged(
  staged: Staged,
  model: DetectionModel,
  { state, untilAlert = false }: MeasureOptions = {},
): Promise<EvasionOutcome> {
  const stop = new AbortController()
  let watched: Detector | undefined
  const detector = await observe([staged.source], model, { timed: true }, stop.signal, {
    onDetector(opened) {
      watched = opened
      state?.load(opened)
    },
    *cut(batch) {
      yield batch
      if (untilAlert && watched && firstAlert(alertsOf(watched), staged.domains)) stop.abort()
    },
  })
  state?.save(detector)
  const alerts = alertsOf(detector)
  const first = firstAlert(alerts, staged.domains)
  const alertMs = first?.mark.timeMs ?? null
  return {
    alertMs,
    detectors: first?.mark.detectors ?? [],
    accountOctets: first?.mark.octets ?? null,
    before: amountOf(staged.leaked.filter(({ timeMs }) => alertMs === null || timeMs <= alertMs)),
    lookups: lookupsOf(detector, staged.domains),
    outside: alerts.filter((alert) => !isInside(alert, staged.domains)).map(subjectOf),
    nearest: nearestOf(detector, model.thresholds),
  }
}

function alertsOf(detector: Detector): Alert[] {
  const states = detector.partitions.flatMap(({ closed, rich }) => [...closed, ...rich.values()])
  return [
    ...states.flatMap(({ alert, domain }) =>
      alert === undefined ? [] : [{ domains: [presentName(domain)], client: false, mark: alert }],
    ),
    ...detector.clients
      .alerts()
      .map((group) => ({ domains: group.domains.map(presentName), client: true, mark: group.alert! })),
  ]
}

function firstAlert(alerts: readonly Alert[], domains: readonly string[]): Alert | undefined {
  return alerts
    .filter((alert) => isInside(alert, domains))
    .reduce<Alert | undefined>(
      (first, alert) => (first && first.mark.timeMs <= alert.mark.timeMs ? first : alert),
      undefined,
    )
}

/** A domain of the attack; a client most of whose domains are; any client where the attack has no domain. */
function isInside(alert: Alert, domains: readonly string[]): boolean {
  if (domains.includes('*')) return alert.client
  const ours = alert.domains.filter((domain) => domains.includes(domain)).length
  return ours * 2 > alert.domains.length
}

function subjectOf({ domains, client }: Alert): string {
  return client ? `a client over ${domains.length} domains` : domains[0]
}

function lookupsOf(detector: Detector, domains: readonly string[]): string[] {
  const forms = detector.partitions.flatMap((partition) =>
    [...partition.rich.values()].flatMap(({ domain, alert, lookup }) =>
      alert === undefined && lookup !== undefined && domains.includes(presentName(domain)) ? [lookup] : [],
    ),
  )
  return [...new Set(forms)].sort()
}

function amountOf(leaked: readonly Leaked[]): Amount {
  const sum = (of: (one: Leaked) => number) => leaked.reduce((total, one) => total + of(one), 0)
  return {
    queries: leaked.length,
    names: leaked.filter(({ prefixOctets }) => prefixOctets > 0).length,
    prefixOctets: sum(({ prefixOctets }) => prefixOctets),
    payloadOctets: sum(({ payloadOctets }) => payloadOctets),
  }
}
