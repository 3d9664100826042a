import type { Incident } from '../../detect/incident.ts'
import { countWords } from '../words.ts'
import { html, type Markup } from './markup.ts'

/** What an incident is about: its domain, or the client that spreads over many. */
export function subject({ scope, clients, registeredDomain, relatedDomains }: Incident): Markup {
  if (scope === 'domain') return html`<bdi>${registeredDomain}</bdi>`
  return html`<bdi>${clients[0]}</bdi> over ${countWords(relatedDomains.length + 1, 'domain')}`
}

/** The word of a severity, in its colour and as a word: colour alone tells nobody anything. */
export function badge({ severity }: Incident): Markup {
  return html`<span class="badge ${severity}">${severity}</span>`
}

/** The first texts of a list, and the rest behind a fold that needs no script. */
export function folded(texts: readonly string[], shown: number, more: string): Markup {
  const item = (text: string) => html`<li><bdi>${text}</bdi></li>`
  const rest = texts.slice(shown)
  return html`<ul class="texts">${texts.slice(0, shown).map(item)}</ul>${
    rest.length > 0 &&
    html`<details><summary>${countWords(rest.length, 'more', 'more')} ${more}</summary><ul class="texts">${rest.map(item)}</ul></details>`
  }`
}
