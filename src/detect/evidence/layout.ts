import { isAddressForm } from './address-form.ts'
import { counterValues } from './counter.ts'
import { inLabelHeaders } from './label-header.ts'
import type { Labels } from './sample-names.ts'

/** Names that must agree on where the payload stands. */
export const FIT_SHARE = 0.9
/** Fewer names than this show no layout. */
const NAMES_MIN = 4
/** Fields peeled off a name at most: no tool has as many. */
const FIELDS_MAX = 8

/** One reading of what in a set of names is payload. */
export interface Layout {
  /** What is left of each name, in order of the counter where there is one. */
  readonly payloads: readonly Labels[]
  /** Whether a field counts the names. */
  readonly counted: boolean
}

/**
 * The readings of where the payload stands, the plainest first: without the labels that stay the same at either end
 * and without labels that count; then, beside it, without a header inside the first label. Empty where too few names
 * agree.
 */
export function layouts(names: readonly Labels[]): Layout[] {
  const needed = names.length * FIT_SHARE
  let rows = names.map((labels) => ({ labels, order: 0 }))
  if (rows.length < NAMES_MIN) return []
  let counted = false
  for (let field = 0; field < FIELDS_MAX; field++) {
    const long = rows.filter((row) => row.labels.length > 1)
    if (long.length < needed) break
    const peeled = peelConstant(long, needed, -1) ?? peelConstant(long, needed, 0)
    if (peeled) {
      rows = peeled
      continue
    }
    const counter = peelCounter(long, 0) ?? peelCounter(long, -1)
    if (!counter || counted) break
    rows = counter
    counted = true
  }
  if (counted) rows.sort((a, b) => a.order - b.order)
  const payloads = rows.map((row) => row.labels)
  if (payloads.filter(isAddressForm).length >= needed) return []
  return [
    { payloads, counted },
    ...inLabelHeaders(payloads).map((cut) => ({ ...cut, counted: counted || cut.counted })),
  ]
}

interface Row {
  readonly labels: Labels
  readonly order: number
}

/** The rows that share their first (0) or last (-1) label, without it; null where too few do. */
function peelConstant(rows: readonly Row[], needed: number, end: 0 | -1): Row[] | null {
  const counts = new Map<string, number>()
  for (const { labels } of rows) {
    const label = labels.at(end)!.toLowerCase()
    counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  const [label, times] = [...counts].sort((a, b) => b[1] - a[1])[0]
  if (times < needed) return null
  return rows.filter((row) => row.labels.at(end)!.toLowerCase() === label).map((row) => without(row, end, row.order))
}

function peelCounter(rows: readonly Row[], end: 0 | -1): Row[] | null {
  const values = counterValues(rows.map((row) => row.labels.at(end)!))
  return values && rows.map((row, i) => without(row, end, values[i]))
}

function without(row: Row, end: 0 | -1, order: number): Row {
  return { labels: end === 0 ? row.labels.slice(1) : row.labels.slice(0, -1), order }
}
