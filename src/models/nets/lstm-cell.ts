import type { Parameters } from './adam.ts'

/** Octets, and one more for what lies outside. */
export const VOCABULARY = 257

/**
 * An LSTM over a sequence of octets: an embedding each, one layer of cells, and the mean of what they gave.
 *
 * ```
 * i, f, o = sigmoid(W e + U h + b)     g = tanh(W e + U h + b)     c = f c + i g     h = o tanh(c)
 * ```
 * Keeps what one sequence made of each step, for the way back.
 *
 * Source: Hochreiter and Schmidhuber, Neural Computation 9(8), 1997; forget gates: Gers, Schmidhuber and Cummins 2000, their bias
 * begun at 1 (Jozefowicz et al., ICML 2015).
 */
export class LstmCell {
  readonly embedded: number
  readonly hidden: number
  /** Embeddings by octet; input weights, recurrent weights and biases of the gates i, f, g, o one behind the other. */
  readonly embedding: Float64Array
  readonly inputWeights: Float64Array
  readonly recurrentWeights: Float64Array
  readonly bias: Float64Array
  readonly parameters: readonly Parameters[]
  private readonly stepsMax: number
  private readonly tokens: Int32Array
  private length = 0
  private readonly gates: Float64Array
  private readonly cells: Float64Array
  private readonly states: Float64Array
  private readonly mean: Float64Array

  constructor(embedded: number, hidden: number, stepsMax: number) {
    this.embedded = embedded
    this.hidden = hidden
    this.stepsMax = stepsMax
    const width = 4 * hidden
    this.parameters = [VOCABULARY * embedded, embedded * width, hidden * width, width].map((size) => ({
      values: new Float64Array(size),
      gradients: new Float64Array(size),
    }))
    const [embedding, input, recurrent, bias] = this.parameters.map(({ values }) => values)
    this.embedding = embedding
    this.inputWeights = input
    this.recurrentWeights = recurrent
    this.bias = bias
    this.tokens = new Int32Array(stepsMax)
    this.gates = new Float64Array(stepsMax * width)
    // One more at the front: the state before the first octet, all nought.
    this.cells = new Float64Array((stepsMax + 1) * hidden)
    this.states = new Float64Array((stepsMax + 1) * hidden)
    this.mean = new Float64Array(hidden)
  }

  initialise(random: () => number): void {
    const { embedded, hidden } = this
    const draw = (values: Float64Array, limit: number) => {
      for (let i = 0; i < values.length; i++) values[i] = (2 * random() - 1) * limit
    }
    draw(this.embedding, 0.5)
    draw(this.inputWeights, Math.sqrt(6 / (embedded + hidden)))
    draw(this.recurrentWeights, Math.sqrt(3 / hidden))
    this.bias.fill(0)
    this.bias.fill(1, hidden, 2 * hidden)
  }

  /** Reads the row at `x[at]` up to its first missing value; gives the mean of the states, valid until the next row. */
  forward(x: Float64Array, at: number): Float64Array {
    const { hidden, mean, states } = this
    this.length = readTokens(x, at, this.tokens)
    mean.fill(0)
    for (let step = 0; step < this.length; step++) {
      this.step(step)
      for (let j = 0; j < hidden; j++) mean[j] += states[(step + 1) * hidden + j]
    }
    if (this.length > 0) for (let j = 0; j < hidden; j++) mean[j] /= this.length
    return mean
  }

  private step(step: number): void {
    const { embedded, hidden, embedding, inputWeights, recurrentWeights, bias, gates, cells, states } = this
    const width = 4 * hidden
    const at = step * width
    for (let k = 0; k < width; k++) gates[at + k] = bias[k]
    const from = this.tokens[step] * embedded
    for (let i = 0; i < embedded; i++) {
      const value = embedding[from + i]
      for (let k = 0; k < width; k++) gates[at + k] += value * inputWeights[i * width + k]
    }
    for (let j = 0; j < hidden; j++) {
      const value = states[step * hidden + j]
      if (value === 0) continue
      for (let k = 0; k < width; k++) gates[at + k] += value * recurrentWeights[j * width + k]
    }
    for (let j = 0; j < hidden; j++) {
      const i = sigmoid(gates[at + j])
      const f = sigmoid(gates[at + hidden + j])
      const g = Math.tanh(gates[at + 2 * hidden + j])
      const o = sigmoid(gates[at + 3 * hidden + j])
      const c = f * cells[step * hidden + j] + i * g
      gates[at + j] = i
      gates[at + hidden + j] = f
      gates[at + 2 * hidden + j] = g
      gates[at + 3 * hidden + j] = o
      cells[(step + 1) * hidden + j] = c
      states[(step + 1) * hidden + j] = o * Math.tanh(c)
    }
  }

  /**
   * Adds the gradients of the row last read, whose mean state has the gradient `d`; writes to `terms`, if wanted, what each octet's
   * embedding adds: its gradient times itself.
   */
  backward(d: Float64Array, terms?: Float64Array): void {
    const { embedded, hidden, gates, cells, states, length } = this
    const [embedding, input, recurrent, bias] = this.parameters
    const width = 4 * hidden
    const dh = new Float64Array(hidden)
    const dc = new Float64Array(hidden)
    const da = new Float64Array(width)
    for (let step = length - 1; step >= 0; step--) {
      const at = step * width
      for (let j = 0; j < hidden; j++) {
        const [i, f, g, o] = [
          gates[at + j],
          gates[at + hidden + j],
          gates[at + 2 * hidden + j],
          gates[at + 3 * hidden + j],
        ]
        const squashed = Math.tanh(cells[(step + 1) * hidden + j])
        const gradient = dh[j] + d[j] / length
        dc[j] += gradient * o * (1 - squashed * squashed)
        da[j] = dc[j] * g * i * (1 - i)
        da[hidden + j] = dc[j] * cells[step * hidden + j] * f * (1 - f)
        da[2 * hidden + j] = dc[j] * i * (1 - g * g)
        da[3 * hidden + j] = gradient * squashed * o * (1 - o)
        dc[j] *= f
      }
      for (let k = 0; k < width; k++) bias.gradients[k] += da[k]
      const from = this.tokens[step] * embedded
      let term = 0
      for (let e = 0; e < embedded; e++) {
        const value = embedding.values[from + e]
        let sum = 0
        for (let k = 0; k < width; k++) {
          input.gradients[e * width + k] += value * da[k]
          sum += input.values[e * width + k] * da[k]
        }
        embedding.gradients[from + e] += sum
        term += sum * value
      }
      if (terms) terms[step] = term
      for (let j = 0; j < hidden; j++) {
        const value = states[step * hidden + j]
        let sum = 0
        for (let k = 0; k < width; k++) {
          recurrent.gradients[j * width + k] += value * da[k]
          sum += recurrent.values[j * width + k] * da[k]
        }
        dh[j] = sum
      }
    }
  }

  get steps(): number {
    return this.stepsMax
  }
}

/** Octets of a row up to the first that is missing; what is no octet is one of its own kind. */
function readTokens(x: Float64Array, at: number, out: Int32Array): number {
  for (let i = 0; i < out.length; i++) {
    const value = x[at + i]
    if (Number.isNaN(value)) return i
    out[i] = value >= 0 && value <= 255 && Number.isInteger(value) ? value : VOCABULARY - 1
  }
  return out.length
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value))
}
