import type { Incident } from '../../detect/incident.ts'
import { html, type Markup } from './markup.ts'

/** The first names, with the registered domain set back: what stands before it is what the client chose. */
export function sampleNames({ registeredDomain, evidence: { sampleQnames } }: Incident): Markup | null {
  if (sampleQnames.length === 0) return null
  const tail = `.${registeredDomain}`
  const name = (text: string) => {
    if (!text.endsWith(tail)) return html`<li><code>${text}</code></li>`
    return html`<li><code>${text.slice(0, -tail.length)}<span class="soft">${tail}</span></code></li>`
  }
  return html`<section class="names"><h4>First names</h4><ol>${sampleQnames.map(name)}</ol></section>`
}
