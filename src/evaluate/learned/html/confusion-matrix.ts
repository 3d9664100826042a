import type { Confusion } from '../../../metrics/confusion.ts'
import { html, type Markup } from '../../../sinks/html/markup.ts'
import { percent } from '../../../sinks/html/scale.ts'
import { shareWords } from './share-words.ts'

/** Rows by what they are and what they were called; a bar shows the share of their own kind. */
export function confusionMatrix(line: string, confusion: Confusion): Markup {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = confusion
  return html`<div class="confusion"><h5>${line}</h5>
<table><thead><tr><th scope="col">Is</th><th scope="col">called attack</th><th scope="col">called benign</th></tr></thead>
<tbody>${matrixRow('attack', [truePositives, falseNegatives], 0)}
${matrixRow('benign', [falsePositives, trueNegatives], 1)}</tbody></table></div>`
}

function matrixRow(name: string, counts: readonly [number, number], right: number): Markup {
  const all = counts[0] + counts[1]
  return html`<tr><th scope="row">${name}</th>${counts.map((count, called) => {
    const share = all > 0 ? count / all : Number.NaN
    return html`<td><b>${count.toLocaleString('en-US')}</b> <span class="soft">${called === right ? 'right' : 'wrong'}, ${shareWords(share)}</span>
<span class="share ${called === right ? 'right' : 'wrong'}"><i style="width:${percent(share)}"></i></span></td>`
  })}</tr>`
}
