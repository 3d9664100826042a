import { createRandom, randomInteger } from '../stats/random.ts'
import { type Examples, selectExamples } from './examples.ts'

/** How the classes of a training part are made to count the same. */
export type Rebalancing = 'under' | 'over' | 'weights'

/**
 * The training part with both classes counting the same: the commoner drawn down (`under`), the rarer drawn up by
 * copies (`over`), or each class weighed to half the rows (`weights`). Only ever given a training part, and copies keep
 * their group, so that folds made later do not tear a row from its copy. A scorer trained so is off in its base odds
 * by the ratio of the classes: calibrate it.
 */
export function rebalance(examples: Examples, how: Rebalancing, seed: number): Examples {
  if (how === 'weights') return { ...examples, weights: balancingWeights(examples.y, examples.weights) }
  return selectExamples(examples, (how === 'under' ? undersample : oversample)(examples.y, seed))
}

/** Rows, rising: all of the rarer class and as many of the other, drawn without putting back. */
export function undersample(y: ArrayLike<number>, seed: number): Int32Array {
  const { rarer, commoner } = byClass(y)
  const random = createRandom(seed)
  for (let i = 0; i < rarer.length; i++) {
    const pick = i + randomInteger(random, commoner.length - i)
    ;[commoner[i], commoner[pick]] = [commoner[pick], commoner[i]]
  }
  return Int32Array.from([...rarer, ...commoner.slice(0, rarer.length)]).sort()
}

/** Every row once, rising, then copies of rows of the rarer class, drawn with putting back, until both are as many. */
export function oversample(y: ArrayLike<number>, seed: number): Int32Array {
  const { rarer, commoner } = byClass(y)
  const random = createRandom(seed)
  const rows = Int32Array.from({ length: 2 * commoner.length }, (_, i) => i)
  for (let i = y.length; i < rows.length; i++) rows[i] = rarer[randomInteger(random, rarer.length)]
  return rows
}

/** Weights under which each class sums to half the rows, and rows of a class keep their proportions. */
export function balancingWeights(y: ArrayLike<number>, weights?: ArrayLike<number>): Float64Array {
  const sums = [0, 0]
  for (let row = 0; row < y.length; row++) sums[y[row]] += weights?.[row] ?? 1
  demandBoth(sums[0], sums[1])
  return Float64Array.from(y, (target, row) => ((weights?.[row] ?? 1) * y.length) / 2 / sums[target])
}

function byClass(y: ArrayLike<number>): { rarer: number[]; commoner: number[] } {
  const rows: [number[], number[]] = [[], []]
  for (let row = 0; row < y.length; row++) rows[y[row]].push(row)
  demandBoth(rows[0].length, rows[1].length)
  const [rarer, commoner] = rows[0].length < rows[1].length ? rows : [rows[1], rows[0]]
  return { rarer, commoner }
}

function demandBoth(negatives: number, positives: number): void {
  if (!(negatives > 0 && positives > 0)) throw new RangeError('rebalancing needs rows of both classes')
}
