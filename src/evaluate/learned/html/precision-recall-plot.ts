import { html, type Markup } from '../../../sinks/html/markup.ts'
import { horizontal, pixels, plot } from '../../../sinks/html/plot.ts'
import { percent } from '../../../sinks/html/scale.ts'
import type { Judged } from '../judged.ts'
import { curve, reaching } from './curve.ts'
import { HEIGHT } from './roc-plots.ts'
import { shareWords } from './share-words.ts'
import { SHARES, xAxis } from './x-axis.ts'

/** Precision against recall. A guess has the share of attack rows as its precision, so that line is the floor. */
export function precisionRecallPlot({ report, evenOdds, precisionRecall }: Judged, others: readonly Judged[]): Markup {
  const share = report.positives / report.rows
  const mark = (recall: number, precision: number, style: string, says: string) =>
    !Number.isNaN(precision) &&
    html`<circle class="${style}" cx="${percent(recall)}" cy="${pixels((1 - precision) * HEIGHT)}" r="5"><title>${says}: precision ${shareWords(precision)}, recall ${shareWords(recall)}</title></circle>`
  return html`<div>${plot({
    name: 'Precision against recall',
    says: `Precision-recall curve. The area under it is ${report.prAuc.toFixed(4)}; attack rows are ${shareWords(share)} of all.`,
    height: HEIGHT,
    labels: SHARES,
    marks: [
      horizontal((1 - share) * HEIGHT, 'chance'),
      others.map((other) => curve(reaching(other.precisionRecall), HEIGHT, 'other')),
      curve(reaching(precisionRecall), HEIGHT, 'curve'),
      mark(evenOdds.recall, evenOdds.precision, 'even-mark', 'even odds'),
      mark(report.recall, report.precision, 'alert-mark', 'the line'),
    ],
  })}
${xAxis(SHARES, `recall; dashed: ${shareWords(share)} of these rows are attack, the precision of a guess`)}</div>`
}
