import { html, type Markup } from './markup.ts'

/** Said in every report: no alert is no proof. The README has the same list. */
const BLIND_SPOTS: readonly (readonly [what: string, why: string])[] = [
  ['Encrypted DNS', 'the inside of DoH, DoT and DoQ; read the resolver’s own log instead.'],
  [
    'Timing',
    'channels in the time between queries or the order of types, and in EDNS options where only logs are read.',
  ],
  ['Slow leaks', 'less than 512 octets in six hours, 1 KiB a day or 2 KiB a week under one domain.'],
  ['Disguise', 'a tunnel in the one fixed form of a look-up service, up to its budget.'],
  ['Lists', 'names without times: volume cannot be judged, severity stays at medium and confidence at low.'],
  ['Case', 'data in the case of letters, where the client writes all names in mixed case or asks for nothing else.'],
]

/** What no report of this program can show. */
export function blindSpots(): Markup {
  return html`<section><h2>What wakeful cannot see</h2>
<ul class="spots">${BLIND_SPOTS.map(([what, why]) => html`<li><strong>${what}</strong>: ${why}</li>`)}</ul></section>`
}
