import { shuffled } from '../../stats/shuffled.ts'
import { Adam, type Parameters } from './adam.ts'

/** How a net is trained, whatever its shape. */
export interface NetOptions {
  readonly seed: number
  /** Passes over the rows at most. */
  readonly epochs?: number
  readonly batchRows?: number
  readonly learningRate?: number
  readonly weightDecay?: number
  /** Passes without a lower loss on the rows held out after which it ends, with the weights of the lowest. */
  readonly patience?: number
  /** Weight of each row; 1 if absent. */
  readonly weights?: ArrayLike<number>
  /** Rows of the matrix that are not learned from, for the patience: whole groups, or the loss says nothing. */
  readonly held?: ArrayLike<number>
  /** Told after each pass: the mean loss a row learned, and of the rows held out where there are any. */
  onEpoch?(epoch: number, of: number, loss: number, heldLoss: number | undefined): void
}

export const NET_DEFAULTS = { epochs: 20, batchRows: 32, learningRate: 1e-3, weightDecay: 0, patience: 4 }

/** What training needs of a net. */
export interface Trainable {
  readonly parameters: readonly Parameters[]
  /** Loss of a row. With `learn` its gradients, times `weight`, are added to those of the parameters. */
  lossOf(row: number, weight: number, learn: boolean): number
}

/** Trains by mini-batches in an order that the seed draws; gives the lowest loss on the rows held out, or the last. */
export function trainNet(net: Trainable, rows: number, options: NetOptions): number {
  const { epochs, batchRows, learningRate, weightDecay, patience } = { ...NET_DEFAULTS, ...defined(options) }
  const { weights, held = [], seed, onEpoch } = options
  const isHeld = new Uint8Array(rows)
  for (let i = 0; i < held.length; i++) isHeld[held[i]] = 1
  const learned = Array.from({ length: rows }, (_, row) => row).filter((row) => isHeld[row] === 0)
  const adam = new Adam(net.parameters, learningRate, weightDecay)
  const weightOf = (row: number) => weights?.[row] ?? 1
  let best = Number.POSITIVE_INFINITY
  let kept: Float64Array[] | undefined
  let waited = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = Array.from(shuffled(learned.length, seed + epoch), (place) => learned[place])
    let [sum, total] = [0, 0]
    for (let from = 0; from < order.length; from += batchRows) {
      let batchWeight = 0
      for (const row of order.slice(from, from + batchRows)) {
        const weight = weightOf(row)
        if (!(weight > 0)) continue
        sum += weight * net.lossOf(row, weight, true)
        batchWeight += weight
      }
      if (batchWeight > 0) adam.step(batchWeight)
      total += batchWeight
    }
    const loss = total > 0 ? sum / total : Number.NaN
    const heldLoss = held.length > 0 ? meanLoss(net, held, weightOf) : undefined
    onEpoch?.(epoch + 1, epochs, loss, heldLoss)
    if (heldLoss === undefined) {
      best = loss
      continue
    }
    if (heldLoss < best) {
      best = heldLoss
      kept = net.parameters.map(({ values }) => values.slice())
      waited = 0
    } else if (++waited >= patience) break
  }
  if (kept) for (const [p, { values }] of net.parameters.entries()) values.set(kept[p])
  return best
}

function meanLoss(net: Trainable, rows: ArrayLike<number>, weightOf: (row: number) => number): number {
  let [sum, total] = [0, 0]
  for (let i = 0; i < rows.length; i++) {
    const weight = weightOf(rows[i])
    sum += weight * net.lossOf(rows[i], 0, false)
    total += weight
  }
  return sum / total
}

/** The options that say something: one that is undefined must not stand before a default. */
function defined(options: NetOptions): NetOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as unknown as NetOptions
}
