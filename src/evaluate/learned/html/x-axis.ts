import { html, type Markup } from '../../../sinks/html/markup.ts'
import type { AxisLabel } from '../../../sinks/html/plot.ts'
import { percent } from '../../../sinks/html/scale.ts'

/** Labels below a chart, each at a share of its width, and what they measure. */
export function xAxis(labels: readonly AxisLabel[], name: string): Markup {
  return html`<div class="below soft" aria-hidden="true">${labels.map(
    ({ at, text }) => html`<span style="left:${percent(at)}">${text}</span>`,
  )}</div>
<p class="axis soft" aria-hidden="true">${name}</p>`
}

/** Quarters of the way from 0 to 1. */
export const SHARES: readonly AxisLabel[] = [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: String(at) }))
