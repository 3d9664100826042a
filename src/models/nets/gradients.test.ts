import { describe, expect, it } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import type { Parameters } from './adam.ts'
import { crossEntropy } from './cross-entropy.ts'
import { DenseLayer } from './dense-layer.ts'
import { DenseStack } from './dense-stack.ts'
import { LstmCell } from './lstm-cell.ts'

const STEP = 1e-5

/** Holds every gradient to what the loss does when its parameter moves a little either way. */
function checkAll(parameters: readonly Parameters[], loss: () => number, learn: () => void): void {
  for (const { gradients } of parameters) gradients.fill(0)
  learn()
  for (const { values, gradients } of parameters) {
    for (let i = 0; i < values.length; i++) {
      const kept = values[i]
      values[i] = kept + STEP
      const above = loss()
      values[i] = kept - STEP
      const below = loss()
      values[i] = kept
      const numeric = (above - below) / (2 * STEP)
      expect(Math.abs(gradients[i] - numeric)).toBeLessThan(1e-6 * Math.max(1, Math.abs(numeric)))
    }
  }
}

const random = createRandom(11)
const draw = (length: number) => Float64Array.from({ length }, () => 2 * random() - 1)

describe('gradients, against the loss as it moves', () => {
  it('of a dense layer, its input among them', () => {
    const layer = new DenseLayer(5, 3)
    layer.initialise(random)
    const x = draw(5)
    x[2] = 0
    const [out, weights] = [new Float64Array(3), draw(3)]
    const loss = () => {
      layer.forward(x, 0, out, 0)
      return out.reduce((sum, value, j) => sum + weights[j] * value * value, 0)
    }
    const dx = new Float64Array(5)
    const learn = () => {
      loss()
      layer.backward(
        x,
        0,
        out.map((value, j) => 2 * weights[j] * value),
        0,
        dx,
        0,
      )
    }
    const own = { values: layer.weights, gradients: layer.weightGradients }
    checkAll([own, { values: layer.bias, gradients: layer.biasGradients }, { values: x, gradients: dx }], loss, learn)
  })

  it('of cross entropy, its targets between the classes too', () => {
    for (const y of [0, 1, 0.3]) {
      const outputs = draw(2)
      const gradient = new Float64Array(2)
      const none = new Float64Array(2)
      const loss = () => crossEntropy(outputs, y, 1, none)
      checkAll([{ values: outputs, gradients: gradient }], loss, () => void crossEntropy(outputs, y, 1, gradient))
    }
    const far = Float64Array.of(-800, 800)
    expect(crossEntropy(far, 1, 1, new Float64Array(2))).toBe(0)
    expect(crossEntropy(far, 0, 1, new Float64Array(2))).toBe(1600)
  })

  it.each([false, true])('of a stack of layers with sigmoids between them (behind the last too: %s)', (squash) => {
    const stack = new DenseStack([4, 6, 3, 2], squash)
    stack.initialise(random)
    const x = draw(4)
    const target = draw(2)
    const d = new Float64Array(2)
    const loss = () => stack.forward(x, 0).reduce((sum, value, j) => sum + (value - target[j]) ** 2, 0)
    const dx = new Float64Array(4)
    const learn = () => {
      const out = stack.forward(x, 0)
      for (let j = 0; j < 2; j++) d[j] = 2 * (out[j] - target[j])
      stack.backward(x, 0, d, dx)
    }
    checkAll([...stack.parameters, { values: x, gradients: dx }], loss, learn)
  })

  it('of an LSTM over a sequence that ends early, with an octet that comes twice and one that is none', () => {
    const cell = new LstmCell(3, 4, 7)
    cell.initialise(random)
    const x = Float64Array.of(97, 98, 97, 300, 255, Number.NaN, 97)
    const weights = draw(4)
    const loss = () => cell.forward(x, 0).reduce((sum, value, j) => sum + weights[j] * value * value, 0)
    const learn = () => {
      const state = cell.forward(x, 0)
      cell.backward(state.map((value, j) => 2 * weights[j] * value))
    }
    checkAll(cell.parameters, loss, learn)
  })
})
