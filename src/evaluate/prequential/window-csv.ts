import { csvCell } from '../../sinks/csv.ts'
import type { StreamFigures } from './figures.ts'
import type { PrequentialResult } from './result.ts'

const RATES = [
  ...(['balancedAccuracy', 'recall', 'falsePositiveRate', 'precision', 'f1', 'kappa', 'kappaTemporal'] as const),
  ...(['accuracy', 'noChangeAccuracy', 'majorityAccuracy'] as const),
]
const COUNTS = ['truePositives', 'falsePositives', 'trueNegatives', 'falseNegatives'] as const

const HEADER = [
  ...['window', 'firstRow', 'rows', 'positives', 'firstMs', 'lastMs', 'arm', 'labels'],
  ...COUNTS,
  ...RATES,
  ...RATES.map((rate) => `cumulative.${rate}`),
  ...RATES.map((rate) => `fading.${rate}`),
  ...['recallAtLimit', 'cumulative.recallAtLimit', 'line', 'labelsHeard', 'drifts'],
]

/**
 * Every figure of every window as CSV (RFC 4180, CRLF), a line a window and arm; a figure that is none is an empty cell.
 * Numbers are whole doubles, so that what a reader computes from them is what we would have.
 */
export function* windowCsv({ arms, windows }: PrequentialResult): Generator<string> {
  yield `${HEADER.join(',')}\r\n`
  for (const { number, firstRow, rows, positives, firstMs, lastMs, arms: own } of windows) {
    for (const [arm, one] of own.entries()) {
      const { name, regime } = arms[arm]
      const cells = [
        ...[number, firstRow, rows, positives, firstMs, lastMs].map(cellOf),
        ...[csvCell(name), regime],
        ...COUNTS.map((count) => cellOf(one.window[count])),
        ...[one.window, one.cumulative, one.fading].flatMap((figures: StreamFigures) =>
          RATES.map((rate) => cellOf(figures[rate])),
        ),
        ...[one.recallAtLimit, one.cumulativeRecallAtLimit, one.line, one.labels].map(cellOf),
        csvCell(one.drifts.map(String)),
      ]
      yield `${cells.join(',')}\r\n`
    }
  }
}

function cellOf(value: number): string {
  return Number.isNaN(value) ? '' : String(value)
}
