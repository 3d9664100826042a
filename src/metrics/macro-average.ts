/** A measure taken group by group, and its plain mean: each group has the same say, however many rows it has. */
export interface MacroAverage<G> {
  readonly groups: readonly { readonly group: G; readonly rows: number; readonly value: number }[]
  /** Over the groups that have a value; NaN where none has. */
  readonly mean: number
  /** Groups without a value (NaN): an area needs both classes, a precision something called positive. */
  readonly withoutValue: number
}

/**
 * Measures each group's rows by `measure`, groups in order of their first row. One tunnel of a million queries cannot
 * hide that nine others were missed, as it does in an average over rows.
 *
 * @example
 * const found = [1, 1, 1, 0]
 * macroAverage(['a', 'a', 'a', 'b'], (rows) => found[rows[0]]).mean // 0.5, where rows give 0.75
 */
export function macroAverage<G extends string | number>(
  groups: ArrayLike<G>,
  measure: (rows: Uint32Array) => number,
): MacroAverage<G> {
  const members = new Map<G, number[]>()
  for (let row = 0; row < groups.length; row++) {
    const rows = members.get(groups[row])
    if (rows === undefined) members.set(groups[row], [row])
    else rows.push(row)
  }
  const measured = Array.from(members, ([group, rows]) => ({
    group,
    rows: rows.length,
    value: measure(Uint32Array.from(rows)),
  }))
  const values = measured.map(({ value }) => value).filter((value) => !Number.isNaN(value))
  return {
    groups: measured,
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    withoutValue: measured.length - values.length,
  }
}
