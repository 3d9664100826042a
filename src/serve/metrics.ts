import type { ServiceHealth } from '../service/service.ts'

type Kind = 'counter' | 'gauge'
type Value = readonly [labels: Readonly<Record<string, string>>, value: number]

/**
 * The service's counts in Prometheus' text format 0.0.4. Labels are names from the configuration and words of ours: never a domain or
 * a client, which others choose, and of which there is no end.
 */
export function metricsText(health: ServiceHealth): string {
  const { sources, targets, incidents } = health
  const bySource = (of: (source: ServiceHealth['sources'][number]) => number): Value[] =>
    sources.map((source) => [{ source: source.name }, of(source)])
  const byTarget = (of: (target: ServiceHealth['targets'][number]) => number): Value[] =>
    targets.map((target) => [{ target: target.name }, of(target)])
  const lines = [
    metric('up', 'gauge', 'Whether the service runs without trouble.', [[{}, health.state === 'running' ? 1 : 0]]),
    metric('rows_total', 'counter', 'Exchanges judged.', [[{}, health.rowsTotal]]),
    metric('unread_rows', 'gauge', 'Exchanges read and not judged yet.', [[{}, health.unread]]),
    metric('dead_letters_total', 'counter', 'Messages that are no exchange.', [[{}, health.deadLetters]]),
    metric(
      'source_rows_total',
      'counter',
      'Exchanges read.',
      bySource(({ rows }) => rows),
    ),
    metric(
      'source_dropped_total',
      'counter',
      'Messages left out since they came too fast.',
      bySource(({ dropped }) => dropped),
    ),
    metric(
      'source_malformed_total',
      'counter',
      'Lines and messages that are broken.',
      bySource(({ malformed }) => sum(malformed)),
    ),
    metric(
      'source_behind_seconds',
      'gauge',
      'Age of the newest exchange.',
      bySource(({ behindMs }) => (behindMs ?? 0) / 1000),
    ),
    metric(
      'target_waiting',
      'gauge',
      'Alerts that wait for a target.',
      byTarget(({ waiting }) => waiting),
    ),
    metric(
      'target_sent_total',
      'counter',
      'Alerts a target has taken.',
      byTarget(({ sent }) => sent),
    ),
    metric(
      'target_refused_total',
      'counter',
      'Alerts a target does not want.',
      byTarget(({ refused }) => refused),
    ),
    metric(
      'target_dropped_total',
      'counter',
      'Alerts given up since too many waited.',
      byTarget(({ dropped }) => dropped),
    ),
    metric(
      'incidents',
      'gauge',
      'Incidents kept, by how they stand.',
      Object.entries(incidents).map(([standing, count]) => [{ standing }, count]),
    ),
    metric('journal_lost_total', 'counter', 'Entries that could not be written and were given up.', [
      [{}, health.journalLost],
    ]),
    metric('resident_memory_bytes', 'gauge', 'Resident size.', [[{}, health.rssMiB * 2 ** 20]]),
    metric('up_seconds', 'gauge', 'Seconds since the start.', [[{}, health.upSeconds]]),
  ]
  return lines.join('')
}

function metric(name: string, kind: Kind, help: string, values: readonly Value[]): string {
  const full = `wakeful_${name}`
  const lines = values.map(([labels, value]) => `${full}${labelText(labels)} ${value}\n`)
  return `# HELP ${full} ${help}\n# TYPE ${full} ${kind}\n${lines.join('')}`
}

/** Names of sources and targets are an operator's; they are escaped all the same. */
function labelText(labels: Readonly<Record<string, string>>): string {
  const parts = Object.entries(labels).map(([name, value]) => {
    const escaped = value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')
    return `${name}="${escaped}"`
  })
  return parts.length === 0 ? '' : `{${parts.join(',')}}`
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0)
}
