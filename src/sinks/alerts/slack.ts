import { jsonLine } from '../ndjson.ts'
import type { AlertFormat } from './alert-format.ts'
import { factsOf, titleOf } from './alert-words.ts'

/**
 * A message of Slack's incoming webhooks. What comes from outside stands in `plain_text` objects, where nothing is a link, a mention
 * or mark-up; only our own link is mrkdwn (docs: Slack, "Formatting text for app surfaces", escaping of `&`, `<`, `>`).
 */
export const slackAlert: AlertFormat = {
  name: 'slack',
  mediaType: 'application/json',
  write({ incident, link }) {
    const title = plain(titleOf(incident))
    const facts = factsOf(incident).map(([word, text]) => plain(`${word}: ${text}`))
    const blocks: object[] = [
      { type: 'header', text: { ...title, text: title.text.slice(0, 150) } },
      // Ten fields at most, each of 2,000 characters.
      { type: 'section', fields: facts.map((fact) => ({ ...fact, text: fact.text.slice(0, 2000) })) },
    ]
    if (link)
      blocks.push({ type: 'context', elements: [{ type: 'mrkdwn', text: `<${escaped(link)}|${incident.id}>` }] })
    return jsonLine({ text: escaped(title.text), blocks })
  },
}

function plain(text: string) {
  return { type: 'plain_text', text, emoji: false }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
