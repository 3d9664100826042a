import { html, type Markup } from '../../../sinks/html/markup.ts'
import { figure } from '../../../sinks/words.ts'
import type { Distribution } from '../judged.ts'

const HALF = 34
const SIDE = 1000

/** What each feature looks like in both classes: benign rows above the axis, attack rows below it. */
export function distributionPlots(distributions: readonly Distribution[]): Markup | null {
  if (distributions.length === 0) return null
  return html`<section><h2>Features in both classes</h2>
<p class="soft">Shares of rows by value: <span class="key-benign">benign</span> above the axis, <span class="key-attack">attack</span> below it. Heights
are square roots of shares, so that what is rare can be seen beside what is common. The outer half per cent at either end stands in the outermost bars.</p>
<div class="multiples">${distributions.map(smallPlot)}</div></section>`
}

function smallPlot({ feature, unit, edges, benign, attack }: Distribution): Markup {
  const most = Math.max(...benign, ...attack)
  // A feature that never changes has a value and no range.
  const ends = benign[0] + attack[0] < 2 ? [edges[0], edges[edges.length - 1]] : [edges[0]]
  const says = `${feature}: benign rows are commonest ${placeOf(benign, edges)}, attack rows ${placeOf(attack, edges)}.`
  return html`<figure><figcaption><b>${feature}</b> <span class="soft">${unit}</span></figcaption>
<svg role="img" width="100%" height="${2 * HALF}"><title>${says}</title>
<svg width="100%" height="${2 * HALF}" viewBox="0 0 ${SIDE} ${2 * SIDE}" preserveAspectRatio="none" aria-hidden="true"><path class="benign" d="${outline(benign, most, -1)}"/><path class="attack" d="${outline(attack, most, 1)}"/></svg>
<line class="zero" x1="0" x2="100%" y1="${HALF}" y2="${HALF}"/></svg>
<div class="ends soft" aria-hidden="true">${ends.map((edge) => html`<span>${figure(edge)}</span>`)}</div></figure>`
}

/** Bars on the middle of a drawing, upwards or downwards, as one path. */
function outline(shares: readonly number[], most: number, direction: -1 | 1): string {
  const width = SIDE / shares.length
  return shares
    .map((share, i) => {
      const height = most > 0 ? Math.round(SIDE * Math.sqrt(share / most)) : 0
      return height > 0
        ? `M${Math.round(i * width)} ${SIDE}v${direction * height}h${Math.floor(width - 4)}V${SIDE}z`
        : ''
    })
    .join('')
}

function placeOf(shares: readonly number[], edges: readonly number[]): string {
  const bin = shares.indexOf(Math.max(...shares))
  return `from ${figure(edges[bin])} to ${figure(edges[bin + 1])} (${figure(100 * shares[bin])} %)`
}
