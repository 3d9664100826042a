import { describe, expect, it } from 'vitest'
import { contrast } from '../../../sinks/html/contrast.testing.ts'
import { DARK, LIGHT } from '../../../sinks/html/palette.ts'
import { curve, holding, reaching } from './curve.ts'
import { someJudged } from './evaluation.testing.ts'
import { HEAT_MAX } from './heat-map.ts'
import { precisionRecallPlot } from './precision-recall-plot.ts'
import { reliabilityPlot } from './reliability-plot.ts'
import { rocPlots } from './roc-plots.ts'

const POINTS = [
  { x: 0, y: 0 },
  { x: 0.5, y: 0.8 },
  { x: 1, y: 1 },
]

describe('curves', () => {
  it('hold what was reached by then, or reach each x at its own value', () => {
    expect(holding(POINTS).map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [0.5, 0],
      [0.5, 0.8],
      [1, 0.8],
      [1, 1],
    ])
    expect(reaching(POINTS).map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [0, 0.8],
      [0.5, 0.8],
      [0.5, 1],
      [1, 1],
    ])
  })

  it('stand upright, without points that no eye tells apart', () => {
    const drawn = curve([...POINTS, { x: 0.9999, y: 1 }], 100, 'curve').toString()
    expect(drawn).toContain('points="0,1000 500,200 1000,0"')
  })

  it('begin at one false alarm in ten thousand, and say where nobody can tell', () => {
    const drawn = rocPlots(someJudged(), []).toString()
    // 1 / 40 is 2.4 of 4 decades from there; the line's 0.025 is the same place.
    expect(drawn).toContain('<rect class="untold" x="0" y="0" width="59.95%"')
    expect(drawn).toContain('class="alert-mark" cx="59.95%" cy="44"')
    expect(drawn).toContain('rarer than one of 40 benign rows')
  })

  it('have the precision of a guess as their floor', () => {
    expect(precisionRecallPlot(someJudged(), []).toString()).toContain(
      'class="chance" x1="0" x2="100%" y1="176" y2="176"',
    )
  })

  it('tell reliability only of probabilities', () => {
    const judged = someJudged()
    const { probability, ...bare } = judged.report
    expect(reliabilityPlot(judged)?.toString()).toContain('8 of 9 rows')
    expect(reliabilityPlot({ ...judged, report: bare })).toBeNull()
    expect(probability).toBeDefined()
  })
})

describe('the heat map', () => {
  it.each([
    ['light', LIGHT],
    ['dark', DARK],
  ])('keeps 4.5:1 for texts on its deepest colour, %s', (_, { ink, octets, card }) => {
    expect(contrast(ink, mixed(octets, card, HEAT_MAX))).toBeGreaterThanOrEqual(4.5)
  })
})

/** What `color-mix(in srgb, ...)` gives. */
function mixed(colour: string, ground: string, share: number): string {
  const channel = (text: string, at: number) => Number.parseInt(text.slice(at, at + 2), 16)
  const mix = (at: number) => Math.round(share * channel(colour, at) + (1 - share) * channel(ground, at))
  return `#${[1, 3, 5].map((at) => mix(at).toString(16).padStart(2, '0')).join('')}`
}
