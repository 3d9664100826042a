import { jsonLine } from '../ndjson.ts'
import type { AlertFormat } from './alert-format.ts'
import { factsOf, titleOf } from './alert-words.ts'

/** Characters by which an Adaptive Card's text becomes mark-up: a subset of Markdown. */
const MARKUP = /[\\`*_{}[\]()#+\-.!~|<>&]/g

/** An Adaptive Card 1.4 in the envelope that workflows of Microsoft Teams take. What comes from outside is escaped as Markdown. */
export const teamsAlert: AlertFormat = {
  name: 'teams',
  mediaType: 'application/json',
  write({ incident, link }) {
    const facts = factsOf(incident).map(([title, value]) => ({ title, value: escaped(value) }))
    const content = {
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      type: 'AdaptiveCard',
      version: '1.4',
      body: [
        { type: 'TextBlock', text: escaped(titleOf(incident)), weight: 'Bolder', size: 'Medium', wrap: true },
        { type: 'FactSet', facts },
      ],
      ...(link ? { actions: [{ type: 'Action.OpenUrl', title: 'Look at it', url: link }] } : {}),
    }
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content }]
    return jsonLine({ type: 'message', attachments })
  },
}

function escaped(text: string): string {
  return text.replace(MARKUP, '\\$&')
}
