import { html, type Markup } from '../../../sinks/html/markup.ts'
import { pixels, plot, vertical } from '../../../sinks/html/plot.ts'
import { linear, percent } from '../../../sinks/html/scale.ts'
import { curve } from '../../learned/html/curve.ts'
import { xAxis } from '../../learned/html/x-axis.ts'
import type { Measure } from './measures.ts'

const HEIGHT = 150
/** Past this many windows points would touch, and a page would be megabytes: the line alone is drawn. */
const POINTS_MAX = 400

/** One figure of one arm along the stream, with others behind it. */
export interface WindowPlot {
  readonly measure: Measure
  /** A value a window; NaN where there is none. */
  readonly own: readonly number[]
  readonly rival: readonly number[] | undefined
  readonly others: readonly (readonly number[])[]
  /** Shares of the stream at which a drift was found. */
  readonly drifts: readonly number[]
  readonly rows: number
}

/** A chart with one point a window; dashed lines stand where drifts were found. */
export function windowPlot({ measure, own, rival, others, drifts, rows }: WindowPlot): Markup {
  const y = linear(measure.low, measure.high)
  const labels = [measure.low, (measure.low + measure.high) / 2, measure.high].map((value) => ({
    ...{ at: y(value), text: String(value) },
  }))
  const line = (values: readonly number[], style: string) =>
    stretches(values).map((stretch) =>
      curve(
        stretch.map(([window, value]) => ({ x: middle(window, values.length), y: y(value) })),
        HEIGHT,
        style,
      ),
    )
  return html`<div>${plot({
    name: measure.name,
    says: saysOf(measure, own, drifts.length),
    height: HEIGHT,
    labels,
    marks: [
      others.map((values) => line(values, 'other')),
      rival && line(rival, 'rival'),
      drifts.map((at) => vertical(at, HEIGHT, 'drift')),
      line(own, 'curve'),
      own.length <= POINTS_MAX && own.map((value, window) => point(value, window, own.length, y(value))),
    ],
  })}
${xAxis(rowLabels(rows), 'rows')}</div>`
}

function point(value: number, window: number, windows: number, share: number): Markup | null {
  if (Number.isNaN(value)) return null
  const radius = windows > 150 ? 1.2 : 2
  return html`<circle class="point" cx="${percent(middle(window, windows))}" cy="${pixels((1 - share) * HEIGHT)}" r="${radius}"><title>window ${window}: ${value.toFixed(4)}</title></circle>`
}

function middle(window: number, windows: number): number {
  return (window + 0.5) / windows
}

/** Runs of windows that have a value: a line over a gap would be a claim. */
function stretches(values: readonly number[]): [window: number, value: number][][] {
  const found: [number, number][][] = []
  let open: [number, number][] = []
  for (const [window, value] of values.entries()) {
    if (Number.isNaN(value)) open = []
    else {
      if (open.length === 0) found.push(open)
      open.push([window, value])
    }
  }
  return found
}

function saysOf({ name }: Measure, own: readonly number[], drifts: number): string {
  const known = own.filter((value) => !Number.isNaN(value))
  if (known.length === 0) return `${name}: no window has one.`
  const words = [known[0], Math.min(...known), Math.max(...known), known[known.length - 1]].map((v) => v.toFixed(3))
  return `${name} along the stream: ${words[0]} at first, between ${words[1]} and ${words[2]}, ${words[3]} at the end. Drift marks: ${drifts}.`
}

function rowLabels(rows: number) {
  return [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: Math.round(at * rows).toLocaleString('en-US') }))
}
