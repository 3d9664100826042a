import { randomInteger } from '../../stats/random.ts'

export type ParameterValue = number | string | boolean

/** What a learner is told before it sees a row. */
export type Parameters = Readonly<Record<string, ParameterValue>>

/** Numbers from `from` to `to`, both included; `log` for what is told apart by factors, and needs them above zero. */
export interface Range {
  readonly from: number
  readonly to: number
  readonly scale: 'linear' | 'log'
  readonly whole: boolean
}

/** Values a parameter may take: these, or any in a range. */
export type Dimension = readonly ParameterValue[] | Range

export type ParameterSpace = Readonly<Record<string, Dimension>>

/** Any number between, told apart by differences. */
export const between = (from: number, to: number): Range => ({ from, to, scale: 'linear', whole: false })

/** Any number between, told apart by factors. */
export const byFactors = (from: number, to: number): Range => ({ from, to, scale: 'log', whole: false })

/** Any whole number between. */
export const wholeBetween = (from: number, to: number): Range => ({ from, to, scale: 'linear', whole: true })

/**
 * Every combination, with ranges cut into `steps` values from end to end, the last parameter changing fastest. Grows
 * as a power of the number of parameters.
 *
 * @example
 * gridOf({ l2: byFactors(0.01, 100) }, 3) // l2 of 0.01, 1 and 100
 */
export function gridOf(space: ParameterSpace, steps: number): Parameters[] {
  let grid: Parameters[] = [{}]
  for (const [name, dimension] of Object.entries(space)) {
    const values = isRange(dimension) ? stepsOf(dimension, steps) : dimension
    grid = grid.flatMap((parameters) => values.map((value) => ({ ...parameters, [name]: value })))
  }
  return grid
}

/**
 * `count` combinations drawn at random. Where few of many parameters matter it finds them sooner than a grid of as many.
 *
 * Source: Bergstra and Bengio, Random search for hyper-parameter optimization, JMLR 13, 2012.
 */
export function drawFrom(space: ParameterSpace, count: number, random: () => number): Parameters[] {
  const draw = (dimension: Dimension) =>
    isRange(dimension) ? valueAt(dimension, random()) : dimension[randomInteger(random, dimension.length)]
  return Array.from({ length: count }, () =>
    Object.fromEntries(Object.entries(space).map(([name, dimension]) => [name, draw(dimension)])),
  )
}

function isRange(dimension: Dimension): dimension is Range {
  return 'from' in dimension
}

function stepsOf(range: Range, steps: number): number[] {
  const shares = steps === 1 ? [0.5] : Array.from({ length: steps }, (_, i) => i / (steps - 1))
  return [...new Set(shares.map((share) => valueAt(range, share)))]
}

/** The value that lies the share between the range's ends; the ends themselves at 0 and 1. */
function valueAt({ from, to, scale, whole }: Range, share: number): number {
  // A whole number gets its share of the range: without the one more, the ends would come half as often.
  if (whole) return Math.min(to, Math.floor(from + share * (to - from + 1)))
  if (share === 0 || share === 1) return share === 0 ? from : to
  return scale === 'log' ? from * (to / from) ** share : from + share * (to - from)
}
