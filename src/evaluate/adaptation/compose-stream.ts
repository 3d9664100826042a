import { createRandom, randomInteger } from '../../stats/random.ts'
import type { StreamBlock } from '../prequential/stream.ts'
import { AFTER_MS, type Scenario, TUNNELS_AFTER, TUNNELS_BEFORE, WARM_UP_MS } from './scenarios.ts'
import type { Unit } from './unit.ts'

/** A unit is asked within this: some captures last for days. */
const UNIT_MS = 12 * 3_600_000
const START_MS = Date.UTC(2026, 0, 5)

/** Everything that streams are made of. */
export interface Pools {
  readonly benign: readonly Unit[]
  /** Imitated services, for benign drift. */
  readonly services: readonly Unit[]
  readonly tunnels: readonly Unit[]
  readonly slower: readonly Unit[]
  readonly base32: readonly Unit[]
  readonly words: readonly Unit[]
}

/** A stream in order of time; rows before `warmRows` are the warm-up. */
export interface ComposedStream extends StreamBlock {
  readonly warmRows: number
  readonly probability: Float64Array
  readonly fired: Uint8Array
  readonly accountRatio: Float64Array
  /** 1 where the row is of the new tool, or of an old one that came back. */
  readonly isNew: Uint8Array
  readonly isOld: Uint8Array
}

interface Placed {
  readonly unit: Unit
  readonly startMs: number
  readonly role: 'benign' | 'before' | 'new' | 'old'
}

/** One ordering of a scenario: the same seed gives the same stream. */
export function composeStream(scenario: Scenario, pools: Pools, seed: number, columns: number): ComposedStream {
  const random = createRandom(seed)
  const tools = [...new Set(pools.tunnels.map(({ tool }) => tool))].sort()
  const enough = tools.filter((tool) => pools.tunnels.filter((unit) => unit.tool === tool).length >= 4)
  const left = enough[seed % enough.length]
  const placed: Placed[] = []
  const benign = shuffled(pools.benign, random)
  for (const [i, unit] of benign.entries())
    placed.push({ unit, startMs: i % 4 === 0 ? before(random) : after(random), role: 'benign' })
  if (scenario.newServices)
    for (const unit of pools.services) placed.push({ unit, startMs: after(random), role: 'benign' })
  const old = shuffled(scenario.before === 'base32' ? pools.base32 : pools.tunnels, random).filter(
    ({ tool }) => scenario.before !== 'old' || tool !== left,
  )
  const warm = old.slice(0, scenario.before === 'base32' ? old.length >> 1 : TUNNELS_BEFORE)
  for (const unit of warm) placed.push({ unit, startMs: before(random), role: 'before' })
  const used = new Set(warm.map(({ id }) => id))
  const rest = (units: readonly Unit[]) =>
    shuffled(units, random)
      .filter(({ id }) => !used.has(id))
      .slice(0, TUNNELS_AFTER)
  const fresh = () =>
    shuffled(
      pools.tunnels.filter(({ tool }) => tool === left),
      random,
    ).slice(0, TUNNELS_AFTER)
  const place = (units: readonly Unit[], role: Placed['role'], from: number, to: number) => {
    for (const unit of units) {
      // By and by: the square root of a chance is more often late than early.
      const share = scenario.gradual && random() < 0.5 ? 0.2 * Math.sqrt(random()) : random()
      placed.push({ unit, startMs: WARM_UP_MS + (from + (to - from) * share) * (AFTER_MS - UNIT_MS), role })
    }
  }
  if (scenario.after === 'all') place(rest(pools.tunnels), 'new', 0, 1)
  if (scenario.after === 'words') place(rest(pools.words), 'new', 0, 1)
  if (scenario.after === 'slower') place(rest(pools.slower), 'new', 0, 1)
  if (scenario.after === 'new') place(fresh(), 'new', 0, 1)
  if (scenario.after === 'new-then-old') {
    place(fresh(), 'new', 0, 0.5)
    place(rest(old), 'old', 0.5, 1)
  }
  return inOrder(placed, columns)
}

function before(random: () => number): number {
  return random() * (WARM_UP_MS - UNIT_MS)
}

function after(random: () => number): number {
  return WARM_UP_MS + random() * (AFTER_MS - UNIT_MS)
}

function inOrder(placed: readonly Placed[], columns: number): ComposedStream {
  const rows = placed.flatMap(({ unit, startMs, role }, p) => {
    const last = unit.offsetMs[unit.rows - 1]
    const scale = last > UNIT_MS ? UNIT_MS / last : 1
    return Array.from(unit.offsetMs, (offset, row) => ({ unit, row, role, p, timeMs: startMs + offset * scale }))
  })
  rows.sort((a, b) => a.timeMs - b.timeMs || a.p - b.p || a.row - b.row)
  const x = new Float64Array(rows.length * columns)
  for (const [at, { unit, row }] of rows.entries())
    x.set(unit.x.subarray(row * columns, (row + 1) * columns), at * columns)
  return {
    rows: rows.length,
    x,
    timeMs: rows.map(({ timeMs }) => START_MS + timeMs),
    groups: rows.map(({ unit }) => unit.id),
    y: Uint8Array.from(rows, ({ unit }) => (unit.attack ? 1 : 0)),
    warmRows: rows.findIndex(({ timeMs }) => timeMs >= WARM_UP_MS),
    probability: Float64Array.from(rows, ({ unit, row }) => unit.probability[row]),
    fired: Uint8Array.from(rows, ({ unit, row }) => unit.fired[row]),
    accountRatio: Float64Array.from(rows, ({ unit, row }) => unit.accountRatio[row]),
    isNew: Uint8Array.from(rows, ({ role }) => (role === 'new' ? 1 : 0)),
    isOld: Uint8Array.from(rows, ({ role }) => (role === 'old' ? 1 : 0)),
  }
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const all = [...items]
  for (let i = all.length - 1; i > 0; i--) {
    const j = randomInteger(random, i + 1)
    ;[all[i], all[j]] = [all[j], all[i]]
  }
  return all
}
