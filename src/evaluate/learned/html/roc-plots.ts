import { html, type Markup } from '../../../sinks/html/markup.ts'
import { pixels, plot, vertical } from '../../../sinks/html/plot.ts'
import { linear, logarithmic, percent, type Scale } from '../../../sinks/html/scale.ts'
import { figure } from '../../../sinks/words.ts'
import type { Judged, Point } from '../judged.ts'
import { curve, holding } from './curve.ts'
import { shareWords } from './share-words.ts'
import { SHARES, xAxis } from './x-axis.ts'

/** Charts of shares are about as high as they are wide. */
export const HEIGHT = 220

/** What is no rarer than this can be seen on the logarithmic axis. */
const RAREST = 1e-4
const DECADES = [
  { at: 0, text: '0.0001' },
  { at: 0.25, text: '0.001' },
  { at: 0.5, text: '0.01' },
  { at: 0.75, text: '0.1' },
  { at: 1, text: '1' },
]

/** The whole ROC curve, and its left edge on a logarithmic axis: there a detector is used. `others` stand behind. */
export function rocPlots(judged: Judged, others: readonly Judged[]): Markup {
  const { report } = judged
  const { lower, upper } = report.rocAucBounds
  const area = `${report.rocAuc.toFixed(4)}, 95 % bounds ${lower.toFixed(4)} to ${upper.toFixed(4)}`
  const resolution = 1 / report.negatives
  const rare = logarithmic(RAREST, 1)
  return html`<div>${plot({
    name: 'ROC: attack rows found against false alarms',
    says: `ROC curve. The area under it is ${area}.`,
    height: HEIGHT,
    labels: SHARES,
    marks: [
      html`<line class="chance" x1="0" x2="100%" y1="${HEIGHT}" y2="0"/>`,
      others.map(({ roc }) => curve(roc, HEIGHT, 'other')),
      curve(judged.roc, HEIGHT, 'curve'),
      operatingPoints(judged, linear(0, 1)),
    ],
  })}
${xAxis(SHARES, 'false alarms, as a share of benign rows; dashed: chance')}</div>
<div>${plot({
    name: 'The same, where a detector is used (logarithmic)',
    says: `ROC curve from one false alarm in ten thousand. ${limitWords(judged)}`,
    height: HEIGHT,
    labels: SHARES,
    marks: [
      DECADES.map(({ at }) => vertical(at, HEIGHT, 'grid')),
      resolution > RAREST &&
        html`<rect class="untold" x="0" y="0" width="${percent(rare(resolution))}" height="${HEIGHT}"/>`,
      vertical(rare(1e-3), HEIGHT, 'alert'),
      others.map(({ roc }) => curve(onto(roc, rare), HEIGHT, 'other')),
      curve(onto(judged.roc, rare), HEIGHT, 'curve'),
      operatingPoints(judged, rare),
    ],
  })}
${xAxis(DECADES, `false alarms; dashed: the limit of 1 in 1,000${resolution > RAREST ? `; grey: rarer than one of ${figure(report.negatives)} benign rows, so nobody can tell` : ''}`)}</div>`
}

function onto(roc: readonly Point[], scale: Scale): Point[] {
  return holding(roc).map(({ x, y }) => ({ x: scale(x), y }))
}

/** Where the model stands at the line that was drawn, and at even odds. */
function operatingPoints({ report, evenOdds }: Judged, scale: Scale): Markup {
  const at = (x: number, y: number, style: string, says: string) =>
    html`<circle class="${style}" cx="${percent(scale(x))}" cy="${pixels((1 - y) * HEIGHT)}" r="5"><title>${says}: ${shareWords(y)} found, ${shareWords(x)} false alarms</title></circle>`
  return html`${at(evenOdds.falsePositiveRate, evenOdds.recall, 'even-mark', 'even odds')}
${at(report.falsePositiveRate, report.recall, 'alert-mark', 'the line')}`
}

function limitWords({ report }: Judged): string {
  const said = report.atLimits.map(({ limit, recall }) => `At a share of ${limit} it finds ${shareWords(recall)}.`)
  return said.join(' ')
}
