import type { Incident } from '../../detect/incident.ts'
import { countWords } from '../words.ts'
import { html, type Markup } from './markup.ts'

const SHOWN = 4

/** The first names, with the registered domain set back: what stands before it is what the client chose. */
export function sampleNames({ registeredDomain, evidence: { sampleQnames } }: Incident): Markup | null {
  if (sampleQnames.length === 0) return null
  const tail = `.${registeredDomain}`
  const name = (text: string) => {
    const end = text.slice(-tail.length)
    // Names keep the case they were asked in, domains do not.
    if (end.toLowerCase() !== tail.toLowerCase()) return html`<li><code>${text}</code></li>`
    return html`<li><code>${text.slice(0, -tail.length)}<span class="soft">${end}</span></code></li>`
  }
  const rest = sampleQnames.slice(SHOWN)
  return html`<section class="names"><h4>First names</h4><ol>${sampleQnames.slice(0, SHOWN).map(name)}</ol>${
    rest.length > 0 &&
    html`<details><summary>${countWords(rest.length, 'more name')}</summary><ol>${rest.map(name)}</ol></details>`
  }</section>`
}
