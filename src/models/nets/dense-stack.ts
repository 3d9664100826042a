import type { Parameters } from './adam.ts'
import { DenseLayer } from './dense-layer.ts'

/**
 * Layers one after the other with a sigmoid behind each but the last (and behind it too where asked for): the shape of all of the
 * original's nets but the LSTM. Holds what one row made of each layer, for the way back.
 */
export class DenseStack {
  readonly layers: readonly DenseLayer[]
  private readonly outputs: readonly Float64Array[]
  private readonly gradients: readonly Float64Array[]
  private readonly squashLast: boolean

  constructor(widths: readonly number[], squashLast = false) {
    this.layers = widths.slice(1).map((width, i) => new DenseLayer(widths[i], width))
    this.outputs = this.layers.map(({ outputs }) => new Float64Array(outputs))
    this.gradients = this.layers.map(({ outputs }) => new Float64Array(outputs))
    this.squashLast = squashLast
  }

  initialise(random: () => number): void {
    for (const layer of this.layers) layer.initialise(random)
  }

  get parameters(): Parameters[] {
    return this.layers.flatMap(({ weights, bias, weightGradients, biasGradients }) => [
      { values: weights, gradients: weightGradients },
      { values: bias, gradients: biasGradients },
    ])
  }

  /** What the last layer makes of the row at `x[at]`; valid until the next row. */
  forward(x: Float64Array, at: number): Float64Array {
    const { layers, outputs } = this
    for (let l = 0; l < layers.length; l++) {
      layers[l].forward(l === 0 ? x : outputs[l - 1], l === 0 ? at : 0, outputs[l], 0)
      if (l < layers.length - 1 || this.squashLast) squash(outputs[l])
    }
    return outputs[layers.length - 1]
  }

  /** Adds the gradients of the row last seen; `d` is that of the last layer's outputs. Writes that of the row to `dx` if wanted. */
  backward(x: Float64Array, at: number, d: Float64Array, dx?: Float64Array): void {
    const { layers, outputs, gradients } = this
    const last = layers.length - 1
    gradients[last].set(d)
    for (let l = last; l >= 0; l--) {
      // The derivative of a sigmoid is what it gave times what it did not give.
      if (l < last || this.squashLast) {
        const [gradient, output] = [gradients[l], outputs[l]]
        for (let j = 0; j < gradient.length; j++) gradient[j] *= output[j] * (1 - output[j])
      }
      const before = l === 0 ? dx : gradients[l - 1]
      layers[l].backward(l === 0 ? x : outputs[l - 1], l === 0 ? at : 0, gradients[l], 0, before, 0)
    }
  }
}

function squash(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) values[i] = 1 / (1 + Math.exp(-values[i]))
}
