import { type Content, html, type Markup } from './markup.ts'

/** A table that scrolls by itself where the screen is too narrow, also by keyboard; the page never does. */
export function wideTable(label: string, head: Content, rows: Content, style = ''): Markup {
  return html`<div class="wide" tabindex="0" role="region" aria-label="${label}"><table class="${style}">
<thead><tr>${head}</tr></thead>
<tbody>${rows}</tbody></table></div>`
}
