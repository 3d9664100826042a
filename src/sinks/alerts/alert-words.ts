import type { Incident } from '../../detect/incident.ts'
import { printable } from '../printable.ts'
import { countWords } from '../words.ts'

/** Reasons and names in a message to people: the first few say it, the rest is a click away. */
const SHOWN_MAX = 3

const CLASSES: Readonly<Record<Incident['class'], string>> = {
  tunnel: 'DNS tunnel',
  exfiltration: 'Data leaving through DNS',
  'lookup-service': 'Look-up service past its budget',
  unknown: 'Unusual DNS traffic',
}

/** `DNS tunnel: evil.example`. */
export function titleOf({ class: kind, registeredDomain }: Incident): string {
  return printable(`${CLASSES[kind]}: ${registeredDomain}`)
}

/** What a person is told of an incident in a message, as pairs of a word and a text without control characters. */
export function factsOf(incident: Incident): readonly (readonly [string, string])[] {
  const { severity, confidence, clients, clientCount, bytesOut, bytesIn, queries, detectors, style } = incident
  const more = clientCount > SHOWN_MAX ? ` and ${clientCount - SHOWN_MAX} more` : ''
  const reasons = detectors.filter(({ fired }) => fired).map(({ reason }) => reason)
  const facts: [string, string][] = [
    ['Severity', `${severity}, confidence ${confidence}`],
    ['Clients', `${clients.slice(0, SHOWN_MAX).join(', ')}${more}`],
    [
      'Left',
      `${countWords(bytesOut, 'octet')} out, ${countWords(bytesIn, 'octet')} in, ${countWords(queries, 'query', 'queries')}`,
    ],
    ['Why', reasons.slice(0, SHOWN_MAX).join('; ')],
  ]
  if (style) facts.push(['Looks like', style.guess])
  return facts.map(([word, text]) => [word, printable(text)])
}
