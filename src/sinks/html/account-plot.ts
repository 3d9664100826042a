import type { Incident } from '../../detect/incident.ts'
import { figure } from '../words.ts'
import { html, type Markup } from './markup.ts'
import { horizontal, pixels, plot, vertical } from './plot.ts'
import { decades, logarithmic, percent } from './scale.ts'
import type { TimeAxis } from './time-axis.ts'

const HEIGHT = 132
/** The axis starts here: a domain that asks for anything at all is charged this much. */
const FLOOR = 10
/** Room above the highest value, so that no mark lies on the edge. */
const ROOM = 1.4
/** Further right than this, the alert's words stand to its left. */
const TURN = 0.6

interface Point {
  readonly x: number
  readonly octets: number
}

interface Alert extends Point {
  /** Octets that had left by then. */
  readonly left: number
}

/** The account against its line, on a logarithmic axis: alerts come early, and are to be seen beside what followed. */
export function accountPlot(incident: Incident, axis: TimeAxis, lineOctets: number): Markup {
  const alert = alertPoint(incident, axis)
  const points = course(incident, axis, alert)
  const top = Math.max(lineOctets, ...points.map(({ octets }) => octets)) * ROOM
  const share = logarithmic(FLOOR, top)
  const y = (octets: number) => pixels((1 - share(octets)) * HEIGHT)
  const highest = Math.max(...points.map(({ octets }) => octets))
  const segments = points.slice(1).map((to, i) => {
    const from = points[i]
    return html`<line class="account" x1="${percent(from.x)}" x2="${percent(to.x)}" y1="${y(from.octets)}" y2="${y(to.octets)}"/>`
  })
  return plot({
    name: 'Account over 6 hours, in octets of new information (logarithmic)',
    says: `The account rose to ${figure(Math.round(highest))} octets; the line is at ${figure(lineOctets)}.`,
    height: HEIGHT,
    labels: decades(FLOOR, top).map((value) => ({ at: share(value), text: figure(value) })),
    marks: [
      horizontal(y(lineOctets), 'line'),
      html`<text class="line-word" x="100%" y="${y(lineOctets) - 5}" text-anchor="end">line: ${figure(lineOctets)}</text>`,
      alert && vertical(alert.x, HEIGHT, 'alert'),
      segments,
      alert && alertMark(alert, y(alert.octets)),
    ],
  })
}

function alertMark({ x, left }: Alert, y: number): Markup {
  const turned = x > TURN
  return html`<circle class="alert-mark" cx="${percent(x)}" cy="${y}" r="4.5"/>
<text class="alert-word" x="${percent(x)}" y="${y}" dx="${turned ? -10 : 10}" dy="4" text-anchor="${turned ? 'end' : 'start'}">alert after ${figure(Math.round(left))}</text>`
}

/**
 * Where the alert was raised. What had left by then is the account while nothing has decayed; of a slow leak it is more,
 * and the account of its bar is nearer to the truth.
 */
function alertPoint({ alertedAt, bytesBeforeAlert, evidence }: Incident, axis: TimeAxis): Alert | undefined {
  if (alertedAt === null || bytesBeforeAlert === null) return undefined
  const x = axis.at(Date.parse(alertedAt))
  const { timeline } = evidence
  const bar = timeline[Math.min(timeline.length - 1, Math.floor(x * timeline.length))]
  return { x, octets: Math.min(bytesBeforeAlert, bar.accountOctets), left: bytesBeforeAlert }
}

/** The account at the start, at the alert and at the end of every bar in which something was charged. */
function course({ evidence }: Incident, axis: TimeAxis, alert: Point | undefined): Point[] {
  const bars = evidence.timeline
    .map((bar, i) => ({ x: axis.at(axis.startMs + (i + 1) * axis.barMs), octets: bar.accountOctets }))
    .filter(({ octets }) => octets > 0)
  const points = [{ x: 0, octets: 0 }, ...bars, ...(alert ? [alert] : [])]
  return points.sort((a, b) => a.x - b.x || a.octets - b.octets)
}

/**
 * The line that the drawn account is held against. A client over many domains has another one than a domain, told by its
 * detector: the score is the highest account as a multiple of the line.
 */
export function accountLine({ scope, detectors, evidence }: Incident, domainOctets: number): number {
  if (scope === 'domain') return domainOctets
  const ratio = detectors.find((detector) => detector.name === 'client-account')?.score ?? 0
  const highest = Math.max(...evidence.timeline.map((bar) => bar.accountOctets))
  return ratio > 0 && highest > 0 ? Math.round(highest / ratio) : domainOctets
}
