import type { Incident } from '../../detect/incident.ts'
import { countWords, timeWords } from '../words.ts'
import { accountLine, accountPlot } from './account-plot.ts'
import { barPlot } from './bar-plot.ts'
import { html, type Markup } from './markup.ts'
import { lengthWords, type TimeAxis, timeAxis } from './time-axis.ts'

/** Queries, octets and the account over one time axis, so that what belongs together stands above each other. */
export function overTime(incident: Incident, domainLineOctets: number): Markup {
  const { timeline } = incident.evidence
  const axis = timeAxis(timeline)
  const heading = html`<h4>Over time</h4>`
  if (!axis) return html`<section class="over-time">${heading}<p class="soft">${flat(incident)}</p></section>`
  const alertAt = incident.alertedAt === null ? undefined : axis.at(Date.parse(incident.alertedAt))
  const said = timeline.map(({ time, queries, octets }) => {
    const words = `${countWords(queries, 'query', 'queries')}, ${countWords(octets, 'octet')}`
    return `${time?.slice(11, 19)}: ${words}`
  })
  return html`<section class="over-time">${heading}
${barPlot({ name: 'Queries', style: 'queries', alertAt, bars: timeline.map((bar, i) => ({ value: bar.queries, says: said[i] })) })}
${barPlot({ name: 'Octets out', style: 'octets', alertAt, bars: timeline.map((bar, i) => ({ value: bar.octets, says: said[i] })) })}
${accountPlot(incident, axis, accountLine(incident, domainLineOctets))}
${timeLabels(axis)}</section>`
}

function timeLabels({ startMs, endMs, barMs }: TimeAxis): Markup {
  const [start, end] = [startMs, endMs].map((ms) => new Date(ms).toISOString())
  const sameDay = start.slice(0, 10) === end.slice(0, 10)
  const [left, right] = sameDay ? [start.slice(11, 19), `${end.slice(11, 19)} UTC`] : [timeWords(start), timeWords(end)]
  return html`<p class="times soft"><span>${left}</span><span>${lengthWords(barMs)} a bar</span><span>${right}</span></p>`
}

/** Why there is nothing to draw. */
function flat({ evidence, firstSeen }: Incident): string {
  if (firstSeen === null) return 'This input has no times: neither an account nor a timeline can be drawn.'
  const queries = evidence.timeline.reduce((sum, bar) => sum + bar.queries, 0)
  return `${countWords(queries, 'query', 'queries')}, all within one second.`
}
