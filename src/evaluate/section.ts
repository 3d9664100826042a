/** A column of a printed table. */
export interface Column<T> {
  readonly title: string
  /** Numbers line up on the right. */
  readonly numeric?: boolean
  cell(row: T): string
}

/** One table of a report: rows as data, columns as the way to print them. */
export interface Section {
  /** Name in ndjson. */
  readonly name: string
  readonly title: string
  /** Sentences under the title: what a figure is, and what it is not. */
  readonly notes: readonly string[]
  readonly columns: readonly { readonly title: string; readonly numeric: boolean }[]
  /** Every row as printed, and as data. */
  readonly cells: readonly (readonly string[])[]
  readonly rows: readonly object[]
}

/** Makes a section out of rows; the cells are made once, for every format. */
export function sectionOf<T extends object>(
  head: Pick<Section, 'name' | 'title' | 'notes'>,
  rows: readonly T[],
  columns: readonly Column<T>[],
): Section {
  return {
    ...head,
    columns: columns.map(({ title, numeric = false }) => ({ title, numeric })),
    cells: rows.map((row) => columns.map((column) => column.cell(row))),
    rows,
  }
}
