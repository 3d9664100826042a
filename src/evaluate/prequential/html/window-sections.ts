import { printable } from '../../../sinks/printable.ts'
import { type Section, sectionOf } from '../../section.ts'
import type { StreamEvaluation, StreamWindow } from '../result.ts'
import { measures } from './measures.ts'

/** Every point of every chart as a number: a table a measure, a line a window, a column an arm. */
export function windowSections({ result, limit }: StreamEvaluation): Section[] {
  return measures(limit).map((measure) =>
    sectionOf({ name: 'windows', title: `${measure.name}, by window`, notes: [] }, result.windows, [
      { title: 'first row', numeric: true, cell: ({ firstRow }: StreamWindow) => firstRow.toLocaleString('en-US') },
      ...result.arms.map(({ name }, arm) => ({
        ...{ title: printable(name), numeric: true },
        cell: (window: StreamWindow) => {
          const value = measure.of(window.arms[arm])
          return Number.isNaN(value) ? '-' : value.toFixed(4)
        },
      })),
    ]),
  )
}
