import type { DetectorResult, Incident } from '../../detect/incident.ts'
import { SIDE_NAMES } from '../../detect/side-detector.ts'
import { figure } from '../words.ts'
import { html, type Markup } from './markup.ts'
import { vertical } from './plot.ts'
import { decades, logarithmic, percent } from './scale.ts'

const HEIGHT = 12
/** The axis runs from a tenth of the line to a power of ten past the highest score, at least to ten times the line. */
const LOW = 0.1

/** Each detector in a sentence, and how far it is past its own line: fired ones first. */
export function reasons({ detectors }: Incident): Markup {
  const sorted = detectors.toSorted((a, b) => Number(b.fired) - Number(a.fired) || b.score - a.score)
  const highest = Math.max(10, ...detectors.map(({ score }) => score))
  const high = 10 ** Math.ceil(Math.log10(highest) - 1e-9)
  return html`<section class="reasons"><h4>Why</h4>
<ul>${sorted.map((detector) => reason(detector, high))}</ul>
<p class="ticks soft" aria-hidden="true">${ticks(high)}</p></section>`
}

function reason({ name, score, reason, fired }: DetectorResult, high: number): Markup {
  const at = logarithmic(LOW, high)
  const words = SIDE_NAMES.includes(name)
    ? `${figure(score)}, and no line of its own`
    : `${figure(score)} times its line`
  return html`<li class="${fired ? 'fired' : 'quiet'}"><p><strong>${name}</strong> <span class="ratio">${words}</span></p>
<svg role="img" width="100%" height="${HEIGHT}"><title>${name}: ${words}, on a logarithmic axis</title>
<rect class="track" x="0" y="3" width="100%" height="6"/>
<rect class="${fired ? 'octets' : 'typical'}" x="0" y="3" width="${percent(at(score))}" height="6"/>
${vertical(at(1), HEIGHT, 'line')}</svg>
<p class="soft">${reason}</p></li>`
}

/** Figures under the bars; the last one is left out, as it would stand past the edge. */
function ticks(high: number): Markup[] {
  const at = logarithmic(LOW, high)
  return decades(LOW, high)
    .slice(1, -1)
    .map((value) => {
      const words = value === 1 ? 'its line' : `${figure(value)} x`
      return html`<span style="left:${percent(at(value))}">${words}</span>`
    })
}
