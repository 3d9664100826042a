import type { Incident, Signal } from '../../detect/incident.ts'
import { figure } from '../words.ts'
import { html, type Markup } from './markup.ts'
import { percent, type Scale } from './scale.ts'

const HEIGHT = 14
const ROOM = 1.15

/** Each signal beside what is typical of benign domains. */
export function signalTable({ evidence: { signals } }: Incident): Markup | null {
  if (signals.length === 0) return null
  return html`<section class="signals"><h4>Signals</h4>
<table><thead><tr><th scope="col">Signal</th><th scope="col" class="number">Here</th><th scope="col" class="number">Typical</th>
<th scope="col" class="chart-head">Typical range and value</th></tr></thead>
<tbody>${signals.map(row)}</tbody></table>
<p class="soft note">Typical: 5th to 95th percentile of benign domains. Axes are logarithmic from 0; shares linear from 0 to 1.</p></section>`
}

function row(signal: Signal): Markup {
  const { name, value, typical } = signal
  return html`<tr><th scope="row">${name}</th><td class="number">${figure(value)}</td><td class="number soft">${typical}</td>
<td class="chart">${bar(signal)}</td></tr>`
}

function bar({ name, value, typical }: Signal): Markup | null {
  const range = typicalRange(typical)
  if (!range) return null
  const [low, high] = range
  const at = axisOf(value, high)
  const outside = value > high || value < low
  const word = value > high ? 'above' : value < low ? 'below' : 'within'
  const left = percent(at(low))
  const width = percent(Math.max(at(high) - at(low), 0.006))
  const x = percent(at(value))
  return html`<svg role="img" width="100%" height="${HEIGHT}"><title>${name}: ${figure(value)}, ${word} ${typical}</title>
<rect class="track" x="0" y="6" width="100%" height="2"/>
<rect class="typical" x="${left}" y="3" width="${width}" height="8"/>
<circle class="${outside ? 'value-mark' : 'value-mark usual'}" cx="${x}" cy="7" r="4"/></svg>`
}

/** Shares on an axis of their own, everything else from zero on a logarithmic one; marks stay clear of both edges. */
function axisOf(value: number, high: number): Scale {
  const isShare = value <= 1 && high <= 1
  const top = isShare ? 1 : Math.log1p(Math.max(value, high) * ROOM)
  const place = (share: number) => 0.03 + Math.min(1, Math.max(0, share)) * 0.94
  return (at) => place(isShare ? at : Math.log1p(at) / top)
}

/** Bounds of a range as the model words it: `8.6 to 82`. Undefined where it is worded otherwise. */
export function typicalRange(typical: string): readonly [low: number, high: number] | undefined {
  const bounds = /^([\d,.]+) to ([\d,.]+)$/
    .exec(typical)
    ?.slice(1)
    .map((text) => Number(text.replaceAll(',', '')))
  if (!bounds || bounds.some(Number.isNaN) || bounds[0] > bounds[1]) return undefined
  return [bounds[0], bounds[1]]
}
