import { describe, expect, it } from 'vitest'
import { createRandom, randomInteger } from '../../stats/random.ts'
import { createMatrix, type FeatureMatrix } from '../matrix.ts'
import { areaUnderRoc, toyProblem } from '../toy.testing.ts'
import { pretrain, trainAutoencoder } from './train-autoencoder.ts'
import { trainDenseNet } from './train-dense-net.ts'
import { trainLstm } from './train-lstm.ts'

const OCTETS = 24

/** Strings of as many a as b: in one class they take turns, in the other they stand as they fall. */
function orderTask(rows: number, seed: number): { sequences: FeatureMatrix; counts: FeatureMatrix; y: Uint8Array } {
  const random = createRandom(seed)
  const sequences = createMatrix(
    rows,
    Array.from({ length: OCTETS }, (_, i) => `o${i}`),
  )
  const counts = createMatrix(
    rows,
    Array.from({ length: 256 }, (_, i) => `b${i}`),
  )
  const y = Uint8Array.from({ length: rows }, () => randomInteger(random, 2))
  for (let row = 0; row < rows; row++) {
    const first = 97 + randomInteger(random, 3)
    const second = first + 3
    const text = Array.from({ length: OCTETS }, (_, i) => (i % 2 === 0 ? first : second))
    if (y[row] === 0) {
      for (let i = OCTETS - 1; i > 0; i--) {
        const other = randomInteger(random, i + 1)
        ;[text[i], text[other]] = [text[other], text[i]]
      }
    }
    sequences.values.set(text, row * OCTETS)
    for (const octet of text) counts.values[row * 256 + octet]++
  }
  return { sequences, counts, y }
}

const aucOf = (
  model: { scoreOne(x: Float64Array, at: number): number },
  { values, columns }: FeatureMatrix,
  y: Uint8Array,
) =>
  areaUnderRoc(
    Array.from(y, (_, row) => model.scoreOne(values, row * columns)),
    y,
  )

describe('nets', () => {
  it('write rows again better than the mean row does', () => {
    const { matrix } = toyProblem(1000, 3)
    for (let i = 0; i < matrix.values.length; i++) if (Number.isNaN(matrix.values[i])) matrix.values[i] = 0
    const means = Array.from({ length: 6 }, (_, c) => {
      let sum = 0
      for (let row = 0; row < matrix.rows; row++) sum += matrix.values[row * 6 + c]
      return sum / matrix.rows
    })
    let spread = 0
    for (let i = 0; i < matrix.values.length; i++) spread += (matrix.values[i] - means[i % 6]) ** 2
    const { loss } = pretrain(matrix, { seed: 1, epochs: 10 })
    expect(loss).toBeLessThan(0.5 * (spread / matrix.values.length))
  })

  it('tell an order apart where they read it, and not where they count', () => {
    const [train, held] = [orderTask(900, 1), orderTask(500, 2)]
    const lstm = trainLstm(train.sequences, train.y, {
      seed: 1,
      epochs: 6,
      hidden: 16,
      embedded: 8,
      learningRate: 0.01,
    })
    expect(aucOf(lstm, held.sequences, held.y)).toBeGreaterThan(0.95)
    for (const trainer of [trainDenseNet, trainAutoencoder]) {
      const blind = trainer(train.counts, train.y, { seed: 1, epochs: 3 })
      expect(Math.abs(aucOf(blind, held.counts, held.y) - 0.5)).toBeLessThan(0.06)
    }
  })

  it('stop where rows held out say so, with the weights that were best for them', () => {
    const { matrix, y } = toyProblem(600, 5)
    // Targets without meaning: what is learned is learned by heart.
    const random = createRandom(1)
    const noise = Uint8Array.from(y, () => randomInteger(random, 2))
    const held = Array.from({ length: 200 }, (_, i) => i)
    const losses: number[] = []
    const options = { seed: 1, epochs: 60, patience: 3, learningRate: 0.01, held }
    trainDenseNet(matrix, noise, { ...options, onEpoch: (_, __, ___, heldLoss) => void losses.push(heldLoss!) })
    expect(losses.length).toBeLessThan(60)
    expect(losses.indexOf(Math.min(...losses))).toBe(losses.length - 4)
  })

  it('hear weights, and class weights', () => {
    const { matrix, y } = toyProblem(800, 6)
    const mean = (options: object) => {
      const net = trainDenseNet(matrix, y, { seed: 1, epochs: 5, ...options })
      return (
        Array.from(y, (_, row) => net.scoreOne(matrix.values, row * 6)).reduce((sum, margin) => sum + margin, 0) /
        y.length
      )
    }
    const plain = mean({})
    expect(mean({ classWeights: [1, 20] })).toBeGreaterThan(plain + 1)
    expect(mean({ weights: Array.from(y, (target) => 1 - target) })).toBeLessThan(plain - 1)
  })
})
