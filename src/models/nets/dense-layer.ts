/** Weights of one layer, and where their gradients are summed: `inputs` rows of `outputs` numbers, then a bias each output. */
export class DenseLayer {
  readonly inputs: number
  readonly outputs: number
  readonly weights: Float64Array
  readonly bias: Float64Array
  readonly weightGradients: Float64Array
  readonly biasGradients: Float64Array

  constructor(inputs: number, outputs: number) {
    this.inputs = inputs
    this.outputs = outputs
    this.weights = new Float64Array(inputs * outputs)
    this.bias = new Float64Array(outputs)
    this.weightGradients = new Float64Array(inputs * outputs)
    this.biasGradients = new Float64Array(outputs)
  }

  /** Draws the weights after Glorot and Bengio (AISTATS 2010): uniform, so that signals neither fade nor grow. */
  initialise(random: () => number): void {
    const limit = Math.sqrt(6 / (this.inputs + this.outputs))
    for (let i = 0; i < this.weights.length; i++) this.weights[i] = (2 * random() - 1) * limit
    this.bias.fill(0)
  }

  /**
   * Writes bias + x W of the row at `x[at]` to `out[to]`. Counts of octets are mostly zero: what is zero is passed over, here and in
   * {@link backward}, which makes the first layer cost an eighth.
   */
  forward(x: Float64Array, at: number, out: Float64Array, to: number): void {
    const { inputs, outputs, weights, bias } = this
    for (let j = 0; j < outputs; j++) out[to + j] = bias[j]
    for (let i = 0; i < inputs; i++) {
      const value = x[at + i]
      if (value === 0) continue
      const row = i * outputs
      for (let j = 0; j < outputs; j++) out[to + j] += value * weights[row + j]
    }
  }

  /** Adds the gradients of the row at `x[at]`, whose outputs have the gradient `d[from]`; writes that of `x` to `dx[to]` if wanted. */
  backward(x: Float64Array, at: number, d: Float64Array, from: number, dx: Float64Array | undefined, to: number): void {
    const { inputs, outputs, weights, weightGradients, biasGradients } = this
    for (let j = 0; j < outputs; j++) biasGradients[j] += d[from + j]
    for (let i = 0; i < inputs; i++) {
      const value = x[at + i]
      const row = i * outputs
      if (value !== 0) for (let j = 0; j < outputs; j++) weightGradients[row + j] += value * d[from + j]
      if (!dx) continue
      let sum = 0
      for (let j = 0; j < outputs; j++) sum += weights[row + j] * d[from + j]
      dx[to + i] = sum
    }
  }
}
