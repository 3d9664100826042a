import type { TextColumn } from '../text-column.ts'

/** How rows spread over one kind of group. */
export interface GroupSizes {
  readonly groups: number
  /** The largest, most rows first. */
  readonly largest: readonly GroupSize[]
  /** Groups that hold rows of both classes. */
  readonly mixed: number
}

export interface GroupSize {
  readonly name: string
  readonly rows: number
  readonly attackRows: number
}

/** Counts the rows of each group, and shows the `shown` largest. */
export function groupSizes({ codes, values }: TextColumn, y: Uint8Array, shown: number): GroupSizes {
  const rows = new Uint32Array(values.length)
  const attackRows = new Uint32Array(values.length)
  for (let row = 0; row < y.length; row++) {
    rows[codes[row]]++
    attackRows[codes[row]] += y[row]
  }
  const all = values
    .map((name, code) => ({ name, rows: rows[code], attackRows: attackRows[code] }))
    .filter((group) => group.rows > 0)
  return {
    groups: all.length,
    largest: all.sort((a, b) => b.rows - a.rows).slice(0, shown),
    mixed: all.filter((group) => group.attackRows > 0 && group.attackRows < group.rows).length,
  }
}
