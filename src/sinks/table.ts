import { type Incident, isAlert } from '../detect/incident.ts'
import type { IncidentFormat, Layout, ReadSummary } from './incident-format.ts'
import { paint } from './style.ts'
import { alertLines } from './table-alert.ts'
import { columnsOf, fit, wrap } from './text-layout.ts'
import { countWords, figure } from './words.ts'

const UNTIMED_SHOWN = 3

/** For people at a terminal: a block an alert, a line a look-up service, and what was read. No line is too long. */
export const table: IncidentFormat = {
  name: 'table',
  *write(incidents, summary, layout) {
    const alerts = incidents.filter(isAlert)
    for (const alert of alerts) yield `${alertLines(alert, layout).join('\n')}\n\n`
    const low = incidents.filter((incident) => !isAlert(incident))
    if (low.length > 0) yield `${lowLines(low, layout).join('\n')}\n\n`
    yield `${closingLines(alerts.length, low.length, summary, layout).join('\n')}\n`
  },
}

/** One line each: they are there to be looked through, not to be read. */
function lowLines(incidents: readonly Incident[], layout: Layout): string[] {
  const rows = incidents.map(
    ({ bytesOut, queries, clientCount }) =>
      `${figure(Math.round(bytesOut))} octets, ${figure(queries)} queries, ${countWords(clientCount, 'client')}`,
  )
  const right = Math.max(...rows.map(columnsOf))
  // A domain may stand once an observation: then its file tells them apart.
  const several = new Set(incidents.map(({ source }) => source)).size > 1
  const lines = incidents.map(({ registeredDomain, source }, i) => {
    const name = fit(several ? `${registeredDomain} in ${source}` : registeredDomain, layout.columns - right - 4)
    return `  ${name}${' '.repeat(layout.columns - 2 - columnsOf(name) - columnsOf(rows[i]))}${rows[i]}`
  })
  return [`${paint('LOW', 'low', layout)}  look-up services inside their budget`, ...lines]
}

function closingLines(alerts: number, low: number, { inputs, rows, untimed }: ReadSummary, layout: Layout): string[] {
  const found = `${countWords(alerts, 'alert')}, ${countWords(low, 'look-up service')}`
  const read = `${countWords(inputs, 'input')}, ${countWords(rows, 'row')} read`
  return [...wrap(`${found}; ${read}.`, layout.columns), ...untimedLines(untimed, layout)]
}

function untimedLines(untimed: readonly string[], layout: Layout): string[] {
  if (untimed.length === 0) return []
  const shown = untimed.slice(0, UNTIMED_SHOWN).join(', ')
  const more = untimed.length > UNTIMED_SHOWN ? ` and ${figure(untimed.length - UNTIMED_SHOWN)} more` : ''
  const verb = untimed.length === 1 ? 'has' : 'have'
  const sentence = `${shown}${more} ${verb} no times: volume cannot be judged there, only how the names read.`
  return wrap(sentence, layout.columns)
}
