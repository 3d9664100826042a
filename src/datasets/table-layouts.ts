import { RowView } from '../batch/row-view.ts'
import { LEGACY_HEADER, LEGACY_LABELS, LEGACY_NUMBERS } from '../features/legacy/columns.ts'
import { csvCell } from '../sinks/csv.ts'
import type { TableLayout } from './feature-table.ts'
import type { ProfileName, RowProfile } from './row-profile.ts'

/** Times that a date can hold (ECMA-262 21.4.1.1). */
const DATE_MAX_MS = 8.64e15
/** Numbers before the two texts in the originals' order. */
const LEGACY_FIRST = 10

/** How a profile's table is written, with a label column or without. */
export function tableLayout(name: ProfileName, profile: RowProfile, labelled: boolean): TableLayout {
  return name === 'legacy' ? legacyLayout(labelled) : queryLayout(profile, labelled)
}

/** Time, client and name, then every feature under its name and unit. */
function queryLayout({ features }: RowProfile, labelled: boolean): TableLayout {
  const named = features.map(({ name, unit }) => `${name} (${unit})`)
  return {
    header: ['time', 'client', 'qname', ...named, ...(labelled ? ['label'] : [])],
    cells({ batch }, row, values) {
      const view = new RowView(batch, row)
      return [isoTime(view.timeMs), view.client, csvCell(view.qname), ...Array.from(values, cellOf)]
    },
  }
}

/** The originals' columns and no others, so that their notebooks read the table; numbers to ten digits, as theirs. */
function legacyLayout(labelled: boolean): TableLayout {
  return {
    header: [...LEGACY_HEADER, ...(labelled ? [LEGACY_LABELS[0]] : [])],
    cells({ batch }, row, values, profile) {
      const numbers = Array.from(values.subarray(0, LEGACY_NUMBERS.length), (value) =>
        cellOf(Number(value.toPrecision(10))),
      )
      const time = isoTime(batch.timeMs[row]).replace('T', ' ').replace('Z', '')
      const texts = [csvCell(profile.text(0)), csvCell(profile.text(1))]
      return [time, ...numbers.slice(0, LEGACY_FIRST), ...texts, ...numbers.slice(LEGACY_FIRST)]
    },
  }
}

function cellOf(value: number): string {
  return Number.isNaN(value) ? '' : String(value)
}

function isoTime(timeMs: number): string {
  return Math.abs(timeMs) <= DATE_MAX_MS ? new Date(timeMs).toISOString() : ''
}
