import { html, type Markup } from '../../../sinks/html/markup.ts'
import type { Judged } from '../judged.ts'
import { confusionMatrix } from './confusion-matrix.ts'
import { importanceBars } from './importance-bars.ts'
import { precisionRecallPlot } from './precision-recall-plot.ts'
import { reliabilityPlot } from './reliability-plot.ts'
import { rocPlots } from './roc-plots.ts'

/** One model on one set of rows, from every side; the others on the same rows stand behind its curves, in grey. */
export function judgedCard(judged: Judged, all: readonly Judged[]): Markup {
  const others = all.filter((other) => other !== judged && other.on === judged.on)
  return html`<article class="card"><header><h3><bdi>${judged.name}</bdi></h3><p class="soft">${judged.on}</p></header>
<section><h4>How well it ranks</h4>
<p class="key soft"><span class="key-line">the line drawn at 1 in 1,000</span> <span class="key-even">even odds</span>${others.length > 0 && html` <span class="key-other">${others.map(({ name }) => name).join(', ')}</span>`}</p>
<div class="charts">${rocPlots(judged, others)}
${precisionRecallPlot(judged, others)}
${reliabilityPlot(judged)}
<div>${confusionMatrix('Called attack at the line drawn at 1 in 1,000', judged.report.confusion)}
${confusionMatrix('Called attack at even odds', judged.evenOdds)}</div>
${importanceBars(judged)}</div></section></article>`
}
