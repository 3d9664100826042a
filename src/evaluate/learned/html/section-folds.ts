import { html, type Markup } from '../../../sinks/html/markup.ts'
import { wideTable } from '../../../sinks/html/wide-table.ts'
import type { Section } from '../../section.ts'

/** Every figure as a table, as in the other formats: no figure is only a picture. */
export function sectionFolds(sections: readonly Section[]): Markup {
  return html`<section><h2>Every figure as a table</h2>${sections.map(fold)}</section>`
}

function fold({ title, notes, columns, cells }: Section): Markup {
  const style = columns.map(({ numeric }) => (numeric ? 'number' : ''))
  const head = columns.map((column, i) => html`<th scope="col" class="${style[i]}">${column.title || 'result'}</th>`)
  const rows = cells.map(
    ([first, ...rest]) =>
      html`<tr><th scope="row" class="${style[0]}">${first}</th>${rest.map(
        (cell, i) => html`<td class="${style[i + 1]}">${cell}</td>`,
      )}</tr>`,
  )
  return html`<details class="fold"><summary>${title}</summary>
${notes.map((note) => html`<p class="soft">${note}</p>`)}
${wideTable(title, head, rows, 'figures')}</details>`
}
