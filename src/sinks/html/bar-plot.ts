import { countWords, figure } from '../words.ts'
import { html, type Markup } from './markup.ts'
import { pixels, plot, vertical } from './plot.ts'
import { percent } from './scale.ts'

/** One bar: what it holds, and what is said when a pointer rests on it. */
export interface Bar {
  readonly value: number
  readonly says: string
}

export interface BarPlot {
  readonly name: string
  readonly bars: readonly Bar[]
  /** Colour of the bars, by the palette's name. */
  readonly style: 'queries' | 'octets'
  /** Share of the width at which the alert was raised. */
  readonly alertAt: number | undefined
}

const HEIGHT = 56
/** Share of a bar's place that is left empty, so that bars are told apart. */
const GAP = 0.16
/** No bar that holds something is invisible. */
const LOWEST = 1.5

/** Bars over time. */
export function barPlot({ name, bars, style, alertAt }: BarPlot): Markup {
  const top = Math.max(...bars.map(({ value }) => value), 1)
  const place = 1 / bars.length
  const marks = bars.map(({ value, says }, i) => {
    const height = value > 0 ? pixels(Math.max(LOWEST, (value / top) * HEIGHT)) : 0
    const x = percent((i + GAP / 2) * place)
    const width = percent((1 - GAP) * place)
    return html`<rect class="${style}" x="${x}" width="${width}" y="${pixels(HEIGHT - height)}" height="${height}"/>
<rect class="touch" x="${percent(i * place)}" width="${percent(place)}" y="0" height="${HEIGHT}"><title>${says}</title></rect>`
  })
  return plot({
    name,
    says: `${name} over time in ${countWords(bars.length, 'bar')}, at most ${figure(Math.round(top))} in one.`,
    height: HEIGHT,
    labels: [
      { at: 1, text: figure(Math.round(top)) },
      { at: 0, text: '0' },
    ],
    marks: [marks, alertAt !== undefined && vertical(alertAt, HEIGHT, 'alert')],
  })
}
