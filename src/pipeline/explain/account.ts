import { formatAddress } from '../../batch/address.ts'
import { type Observation, timestamp } from '../../detect/build-incident.ts'
import { compareText } from '../../detect/compare.ts'
import { type Detector, PARTITIONS } from '../../detect/detector.ts'
import { novelCount } from '../../detect/flat-account.ts'
import { WORD } from '../../detect/flat-table.ts'
import { presentName } from '../../detect/present.ts'
import { readWindow, type WindowModel } from '../../detect/window-model.ts'
import { formatType } from '../../dns/types.ts'
import { collect } from '../scan.ts'
import type { DomainAccount } from './domain-account.ts'
import type { DomainKey } from './domain-key.ts'
import { lookupAccount } from './lookup-account.ts'
import { readings } from './readings.ts'
import { verdict } from './verdict.ts'
import type { WatchedRows } from './watched-rows.ts'

const CLIENTS_SHOWN = 20

/** The account of a watched domain when its observation is over; undefined where it was not seen there. */
export function accountOf(
  key: DomainKey,
  watched: WatchedRows,
  detector: Detector,
  observation: Observation,
  sources: readonly string[],
  window: WindowModel | undefined,
): DomainAccount | undefined {
  if (watched.queries + watched.repeats === 0) return undefined
  const { timed, model } = observation
  const { table, rich, closed } = detector.partitions[key.hi % PARTITIONS]
  const hi = key.hi || 1
  const at = table.find(key.lo, hi)
  const current = rich.get(key.lo, hi)
  const past = closed.filter((state) => state.lo === key.lo && state.hi === hi)
  const states = current ? [...past, current] : past
  const sum = (read: (state: (typeof states)[number]) => number, flat: number) =>
    states.length > 0 ? states.reduce((total, state) => total + read(state), 0) : flat
  const octetsDay = at < 0 ? 0 : table.floats[at + WORD.account + 2]
  const account = {
    sources,
    firstSeen: timed ? timestamp(watched.firstMs) : null,
    lastSeen: timed ? timestamp(watched.lastMs) : null,
    queries: watched.queries,
    repeats: watched.repeats,
    bare: watched.bare,
    referred: watched.referred,
    names: watched.names.value,
    novelNames: sum((state) => state.novelNames, at < 0 ? 0 : novelCount(table, at)),
    octetsUp: round(sum((state) => state.octets, at < 0 ? 0 : table.floats[at + WORD.octets])),
    octetsDown: round(sum((state) => state.downOctets, 0)),
    clients: clientsOf(watched),
    clientCount: watched.clients.size,
    qtypes: typesOf(watched),
    readings: readings({ states, table, at }, watched.accounts, model.thresholds, timed),
    window: window && timed ? readWindow(window, watched.window) : null,
    lookup: current && timed ? lookupAccount(current, octetsDay, model.thresholds) : null,
    sampleQnames: watched.samples.map(presentName),
    incidents: collect(detector, observation).filter(({ registeredDomain, relatedDomains }) =>
      [registeredDomain, ...relatedDomains].some((name) => name.toLowerCase() === key.domain),
    ),
  }
  return { verdict: verdict(key.domain, account), ...account }
}

function clientsOf({ clients }: WatchedRows) {
  return [...clients.values()]
    .map(({ address, queries }) => ({ address: formatAddress(address, 0), queries }))
    .sort((a, b) => b.queries - a.queries || compareText(a.address, b.address))
    .slice(0, CLIENTS_SHOWN)
}

function typesOf({ qtypes }: WatchedRows): Record<string, number> {
  const sorted = [...qtypes].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  return Object.fromEntries(sorted.map(([qtype, count]) => [formatType(qtype), count]))
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
