import { printable } from '../printable.ts'

/** Text that is markup already. Nothing outside this file can make one but by {@link html} and {@link asMarkup}. */
export class Markup {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

/** What may stand in a template. All but {@link Markup} becomes text; null, undefined and false become nothing. */
export type Content = Markup | string | number | null | undefined | false | readonly Content[]

/**
 * Markup from a template. **This is the one place where data becomes HTML**: every value is escaped unless it is markup
 * itself, so forgetting to escape is not possible, and controls and bidirectional marks become visible. Values stand in
 * text or between the double quotes of an attribute, never in a tag's or attribute's name, a URL, a style or a script.
 *
 * @example
 * html`<td title="${name}">${name}</td>` // name = '<b>"' gives <td title="&lt;b&gt;&quot;">&lt;b&gt;&quot;</td>
 */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  let text = parts[0]
  values.forEach((value, i) => {
    text += markupOf(value) + parts[i + 1]
  })
  return new Markup(text)
}

/** Text of ours that is markup or a stylesheet as it stands. Never for data. */
export function asMarkup(text: string): Markup {
  return new Markup(text)
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

function markupOf(value: Content): string {
  if (value instanceof Markup) return value.toString()
  if (value === null || value === undefined || value === false) return ''
  if (typeof value === 'object') return value.map(markupOf).join('')
  return printable(String(value)).replace(/[&<>"'`]/g, (character) => ENTITIES[character])
}
