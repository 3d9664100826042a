import type { Incident } from '../../detect/incident.ts'
import { figure } from '../words.ts'
import { html, type Markup } from './markup.ts'

/** What the names carried, as far as it could be read. */
export function payload({ evidence: { decoded } }: Incident): Markup | null {
  if (!decoded) return null
  const { encoding, preview, magic, entropyBefore, entropyAfter } = decoded
  const before = `${figure(entropyBefore)} bits a character in the names`
  const after = `${figure(entropyAfter)} bits an octet once decoded`
  return html`<section class="payload"><h4>Payload</h4>
<p>${encoding}${magic !== null && html`, holds <strong>${magic}</strong>`}</p>
<pre>${preview}</pre>
<p class="soft note">${before}, ${after}</p></section>`
}
