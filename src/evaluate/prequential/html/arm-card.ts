import { html, type Markup } from '../../../sinks/html/markup.ts'
import { countWords } from '../../../sinks/words.ts'
import { shareWords } from '../../learned/html/share-words.ts'
import type { ArmTotal, PrequentialResult } from '../result.ts'
import { measures } from './measures.ts'
import { windowPlot } from './window-plot.ts'

/** One arm along the stream: its own line with a point a window, its rival's, and everybody else's in grey. */
export function armCard(result: PrequentialResult, arm: number, rival: number | undefined, limit: number): Markup {
  const { arms, windows, rows } = result
  const own = arms[arm]
  const others = [...arms.keys()].filter((other) => other !== arm && other !== rival)
  const drifts = windows.flatMap((window) => window.arms[arm].drifts.map((row) => row / rows))
  const { balancedAccuracy, recall, falsePositiveRate } = own.figures
  return html`<article class="card"><header><h3><bdi>${own.name}</bdi></h3><p class="soft">${labelWords(own)}</p></header>
<p class="soft">Balanced accuracy ${shareWords(balancedAccuracy)}: ${shareWords(recall)} of the attack rows found, ${shareWords(falsePositiveRate)} of the benign ones flagged.</p>
<section><h4>Window by window</h4>
<p class="key soft"><span class="key-own"><bdi>${own.name}</bdi></span>${rival !== undefined && html` <span class="key-rival"><bdi>${arms[rival].name}</bdi></span>`}${others.length > 0 && html` <span class="key-other">everybody else</span>`}${drifts.length > 0 && html` <span class="key-drift">drift found</span>`}</p>
<div class="charts">${measures(limit).map((measure) => {
    const along = (one: number) => windows.map((window) => measure.of(window.arms[one]))
    return windowPlot({
      ...{ measure, own: along(arm), rival: rival === undefined ? undefined : along(rival) },
      ...{ others: others.map(along), drifts, rows },
    })
  })}</div></section></article>`
}

function labelWords({ regime, asked, labels, drifts }: ArmTotal): string {
  const found = drifts > 0 ? `, ${countWords(drifts, 'drift')} found` : ''
  if (regime === 'none') return 'never learns'
  if (regime === 'at-once') return `hears every label at once${found}`
  return `${countWords(asked, 'row')} asked about, ${countWords(labels, 'label')} heard${found}`
}
