import { type Incident, isAlert, SEVERITIES } from '../../detect/incident.ts'
import { countWords, figure } from '../words.ts'
import { alertCard } from './alert-card.ts'
import { blindSpots } from './blind-spots.ts'
import { headline } from './headline.ts'
import { inputs } from './inputs.ts'
import { lookupServices } from './lookup-services.ts'
import { html, type Markup } from './markup.ts'
import { overview } from './overview.ts'
import { pageOf } from './page.ts'
import type { ReportFacts } from './report-facts.ts'

/** Cards, and rows of the overview: a report is read in a browser, and ndjson has them all. */
const CARDS_MAX = 200
const ROWS_MAX = 2000

/**
 * The whole report as one file that opens without a network and without scripts. A function of its arguments: the same
 * scan gives the same octets.
 */
export function htmlReport(incidents: readonly Incident[], facts: ReportFacts): string {
  const alerts = worstFirst(incidents.filter(isAlert))
  const services = incidents.filter((incident) => !isAlert(incident))
  const found = countWords(alerts.length, 'alert')
  return pageOf({
    title: `wakeful: ${found} in ${facts.observation}`,
    heading: 'Data leaving through DNS',
    subject: html`observation <bdi>${facts.observation}</bdi>`,
    main: html`${headline(incidents, facts)}
${alertSection(alerts, facts)}
${lookupServices(services, facts.lookupOctets)}
${inputs(facts)}
${blindSpots()}`,
    footer: html`Made by ${facts.program} with model ${facts.model}. An octet out is an octet of new information in
names, by the shortest of several codes: what an attacker can have carried, not the length of names.`,
  })
}

function alertSection(alerts: readonly Incident[], { lineOctets, stats }: ReportFacts): Markup {
  if (alerts.length === 0) {
    const said =
      stats.rows === 0
        ? 'No row was read, so nothing can be said: the inputs below tell why.'
        : 'No domain passed a line. That is no proof that nothing left: see what wakeful cannot see, below.'
    return html`<section><h2>Alerts</h2><p>${said}</p></section>`
  }
  const unlisted = alerts.length - ROWS_MAX
  const carded = alerts.slice(0, CARDS_MAX)
  return html`<section><h2>Alerts</h2>${overview(alerts.slice(0, ROWS_MAX), carded.length)}
${unlisted > 0 && html`<p class="soft">${figure(unlisted)} more in the ndjson output.</p>`}
${alerts.length > CARDS_MAX && html`<p class="soft">The worst ${figure(CARDS_MAX)} are told in full below.</p>`}
${carded.map((alert, place) => alertCard(alert, place, lineOctets))}</section>`
}

/** By severity, then by what left; equal ones stay in the order of their alerts. */
function worstFirst(alerts: readonly Incident[]): Incident[] {
  const rank = ({ severity }: Incident) => SEVERITIES.indexOf(severity)
  return alerts.toSorted((a, b) => rank(b) - rank(a) || b.bytesOut - a.bytesOut)
}
