import { type Content, html, type Markup } from './markup.ts'
import { percent } from './scale.ts'

/** A label beside an axis, at a share of its height. */
export interface AxisLabel {
  readonly at: number
  readonly text: string
}

export interface Plot {
  /** What the chart shows, as a heading above it. */
  readonly name: string
  /** What it says, in a sentence, for who cannot see it. */
  readonly says: string
  readonly height: number
  readonly labels: readonly AxisLabel[]
  readonly marks: Content
}

/**
 * A chart with its labels. Marks stand at percentages of the width and pixels of the height: without a viewBox nothing
 * is stretched, and text is as large on a telephone as on a wall.
 */
export function plot({ name, says, height, labels, marks }: Plot): Markup {
  return html`<div class="plot"><h5>${name}</h5>
<div class="scale" aria-hidden="true">${labels.map(
    ({ at, text }) => html`<span style="bottom:${percent(at)}">${text}</span>`,
  )}</div>
<svg role="img" width="100%" height="${height}"><title>${says}</title>
${labels.map(({ at }) => horizontal((1 - at) * height, 'grid'))}
${marks}</svg></div>`
}

/** A line over the whole width at a height in pixels from the top. */
export function horizontal(y: number, style: string): Markup {
  return html`<line class="${style}" x1="0" x2="100%" y1="${pixels(y)}" y2="${pixels(y)}"/>`
}

/** A line over the whole height at a share of the width. */
export function vertical(x: number, height: number, style: string): Markup {
  return html`<line class="${style}" x1="${percent(x)}" x2="${percent(x)}" y1="0" y2="${height}"/>`
}

/** Pixels with one digit: no eye sees more, and files stay small. */
export function pixels(value: number): number {
  return Math.round(value * 10) / 10
}
