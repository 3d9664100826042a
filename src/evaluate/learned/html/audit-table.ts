import { html, type Markup } from '../../../sinks/html/markup.ts'
import { wideTable } from '../../../sinks/html/wide-table.ts'
import type { Audit } from '../judged.ts'

/** Questions that must have dull answers. */
export function auditTable(audits: readonly Audit[]): Markup | null {
  if (audits.length === 0) return null
  const head = html`<th scope="col">Question</th><th scope="col">Answer</th><th scope="col">Result</th>`
  const rows = audits.map(
    ({ question, answer, passed }) => html`<tr><th scope="row">${question}</th><td>${answer}</td>
<td>${passed ? html`<span class="badge low">passed</span>` : html`<span class="badge critical">look here</span>`}</td></tr>`,
  )
  return html`<section><h2>Leak audits</h2>
<p class="soft">Would the figures above be as good if the rows gave their answer away?</p>
${wideTable('Leak audits', head, rows, 'figures')}</section>`
}

/** Audits that failed, in words, before any figure that they cast doubt on. */
export function auditWarning(audits: readonly Audit[]): Markup | null {
  const failed = audits.filter(({ passed }) => !passed)
  if (failed.length === 0) return null
  return html`<section class="warning"><h2>Read this first</h2>
<p>${failed.length === 1 ? 'A leak audit' : `${failed.length} leak audits`} did not pass: the figures below may be better than the model is.</p>
<ul class="spots">${failed.map(({ question, answer }) => html`<li><strong>${question}</strong> ${answer}</li>`)}</ul></section>`
}
