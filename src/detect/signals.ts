import type { ClientGroup } from './client-group.ts'
import type { DetectionModel } from './detection-model.ts'
import type { DomainState } from './domain-state.ts'
import type { Fused, NamedRatio } from './fusion.ts'
import type { Signal } from './incident.ts'

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}

function mean(sum: number, count: number): number {
  return count === 0 ? 0 : sum / count
}

/** Share of queries for types that mostly carry text, targets or raw octets. */
function otherTypeShare(qtypes: ReadonlyMap<number, number>): number {
  let all = 0
  let addresses = 0
  for (const [qtype, count] of qtypes) {
    all += count
    if (qtype === 1 || qtype === 28 || qtype === 65) addresses += count
  }
  return all === 0 ? 0 : 1 - addresses / all
}

/** The signals of a domain by name, in the order they are shown; contributions are the detectors' in log-odds. */
export function domainValues(state: DomainState): Record<string, number> {
  return {
    'octets up': state.octets,
    'octets down in new answers': state.downOctets,
    'new names': state.novelNames,
    'information a new name (octets)': mean(state.octets, state.novelNames),
    'prefix octets a new name': mean(state.prefixOctets, state.novelNames),
    'queries for other types than addresses': otherTypeShare(state.qtypes),
    'answers that the name does not exist': mean(state.nameErrors, state.answered),
  }
}

/** What an analyst checks first, beside what is typical of benign domains (the model's own figures). */
export function domainSignals(
  state: DomainState,
  contributions: readonly number[],
  typical: DetectionModel['typical'],
): Signal[] {
  const [account, downlink, answers, names] = contributions
  return signals(domainValues(state), [account, downlink, names, answers], typical)
}

/** What side detectors read, beside what they typically read of benign domains. */
export function sideSignals(
  sides: readonly NamedRatio[],
  { sides: contributions }: Fused,
  typical: DetectionModel['typical'],
): Signal[] {
  return signals(sideValues(sides), contributions, typical)
}

/** As {@link domainValues}, of side detectors. */
export function sideValues(sides: readonly NamedRatio[]): Record<string, number> {
  return Object.fromEntries(sides.map(({ name, ratio }) => [name, ratio]))
}

/** As {@link domainSignals}, for a client across domains. */
export function groupSignals(
  group: ClientGroup,
  contributions: readonly number[],
  typical: DetectionModel['typical'],
): Signal[] {
  const values = {
    'octets up': group.octets,
    domains: group.domainCount,
    'information a new name (octets)': mean(group.octets, group.names),
  }
  const [account, , answers, names] = contributions
  return signals(values, [account, names, answers], typical)
}

function signals(
  values: Record<string, number>,
  contributions: readonly number[],
  typical: DetectionModel['typical'],
): Signal[] {
  return Object.entries(values).map(([name, value], i) => ({
    name,
    value: round(value),
    typical: typical[name] ?? '',
    contribution: round(contributions[i] ?? 0),
  }))
}
