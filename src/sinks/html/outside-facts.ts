import type { Incident } from '../../detect/incident.ts'
import { html, type Markup } from './markup.ts'

/** What others say of the domain, who, and as of which day; none where nobody was asked or knew. */
export function outsideFacts({ evidence: { facts = [] } }: Incident): Markup | null {
  if (facts.length === 0) return null
  return html`<section class="names"><h4>What others say</h4><ul>${facts.map(
    ({ kind, words, source, asOf }) =>
      html`<li><strong>${kind}</strong> ${words} <span class="soft">${source}, ${asOf.slice(0, 10)}</span></li>`,
  )}</ul></section>`
}
