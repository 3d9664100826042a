import { html, type Markup } from '../../../sinks/html/markup.ts'
import { pixels, plot } from '../../../sinks/html/plot.ts'
import { percent } from '../../../sinks/html/scale.ts'
import { figure } from '../../../sinks/words.ts'
import type { Judged } from '../judged.ts'
import { HEIGHT } from './roc-plots.ts'
import { ofWords, shareWords } from './share-words.ts'
import { SHARES, xAxis } from './x-axis.ts'

const COUNTS = 44
const GAP = 0.01

/** Probability said against share that came, with what chance allows, and how many rows each point speaks for. */
export function reliabilityPlot({ report }: Judged): Markup | null {
  const calibration = report.probability?.calibration
  if (calibration === undefined) return null
  const bins = calibration.bins.filter(({ rows }) => rows > 0)
  const most = Math.max(...bins.map(({ rows }) => rows))
  const y = (share: number) => pixels((1 - share) * HEIGHT)
  return html`<div>${plot({
    name: 'Reliability: what was said, and what came',
    says: `Reliability diagram. Said and come lie ${calibration.expectedError.toFixed(4)} apart on average.`,
    height: HEIGHT,
    labels: SHARES,
    marks: [
      html`<line class="chance" x1="0" x2="100%" y1="${HEIGHT}" y2="0"/>`,
      bins.map(({ said, came, cameBounds, rows, positives }) => {
        const x = percent(said)
        return html`<line class="bound" x1="${x}" x2="${x}" y1="${y(cameBounds.lower)}" y2="${y(cameBounds.upper)}"/>
<circle class="said-mark" cx="${x}" cy="${y(came)}" r="4.5"><title>said ${shareWords(said)}, came ${shareWords(came)}: ${ofWords(positives, rows)} rows</title></circle>`
      }),
    ],
  })}
${xAxis(SHARES, 'probability said; bars: 95 % bounds; dashed: as it should be')}
${plot({
  name: 'Rows behind each point (logarithmic)',
  says: `Rows by probability said, at most ${figure(most)} in a tenth.`,
  height: COUNTS,
  labels: [{ at: 1, text: figure(most) }],
  marks: bins.map(({ from, to, rows }) => {
    const height = pixels((COUNTS * Math.log1p(rows)) / Math.log1p(most))
    return html`<rect class="queries" x="${percent(from + GAP)}" width="${percent(to - from - 2 * GAP)}" y="${pixels(COUNTS - height)}" height="${height}"><title>${figure(rows)} rows</title></rect>`
  }),
})}</div>`
}
