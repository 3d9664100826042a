/** Weights of one layer, and where their gradients are summed: `inputs` rows of `outputs` numbers, then a bias each output. */
export class DenseLayer {
  readonly inputs: number
  readonly outputs: number
  readonly weights: Float64Array
  readonly bias: Float64Array
  readonly weightGradients: Float64Array
  readonly biasGradients: Float64Array
  /** Inputs of the row at hand that are not zero. */
  private readonly places: Int32Array

  constructor(inputs: number, outputs: number) {
    this.inputs = inputs
    this.outputs = outputs
    this.weights = new Float64Array(inputs * outputs)
    this.bias = new Float64Array(outputs)
    this.weightGradients = new Float64Array(inputs * outputs)
    this.biasGradients = new Float64Array(outputs)
    this.places = new Int32Array(inputs)
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
    const { inputs, outputs, weights, bias, places } = this
    for (let j = 0; j < outputs; j++) out[to + j] = bias[j]
    let count = 0
    for (let i = 0; i < inputs; i++) if (x[at + i] !== 0) places[count++] = i
    let p = 0
    // Four rows of weights a pass: the sums are written once for them all.
    for (; p + 3 < count; p += 4) {
      const [i0, i1, i2, i3] = [places[p], places[p + 1], places[p + 2], places[p + 3]]
      const [x0, x1, x2, x3] = [x[at + i0], x[at + i1], x[at + i2], x[at + i3]]
      const [r0, r1, r2, r3] = [i0 * outputs, i1 * outputs, i2 * outputs, i3 * outputs]
      for (let j = 0; j < outputs; j++) {
        out[to + j] += x0 * weights[r0 + j] + x1 * weights[r1 + j] + x2 * weights[r2 + j] + x3 * weights[r3 + j]
      }
    }
    for (; p < count; p++) {
      const value = x[at + places[p]]
      const row = places[p] * outputs
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
      if (value !== 0) addScaled(weightGradients, row, d, from, outputs, value)
      if (!dx) continue
      dx[to + i] = dot(weights, row, d, from, outputs)
    }
  }
}

/** Adds `factor` times `length` numbers of `b` to those of `a`, four a turn. */
function addScaled(a: Float64Array, at: number, b: Float64Array, from: number, length: number, factor: number): void {
  let j = 0
  for (; j + 3 < length; j += 4) {
    a[at + j] += factor * b[from + j]
    a[at + j + 1] += factor * b[from + j + 1]
    a[at + j + 2] += factor * b[from + j + 2]
    a[at + j + 3] += factor * b[from + j + 3]
  }
  for (; j < length; j++) a[at + j] += factor * b[from + j]
}

/** The sum of products, by four sums side by side: one alone would wait for itself. */
function dot(a: Float64Array, at: number, b: Float64Array, from: number, length: number): number {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let j = 0
  for (; j + 3 < length; j += 4) {
    s0 += a[at + j] * b[from + j]
    s1 += a[at + j + 1] * b[from + j + 1]
    s2 += a[at + j + 2] * b[from + j + 2]
    s3 += a[at + j + 3] * b[from + j + 3]
  }
  for (; j < length; j++) s0 += a[at + j] * b[from + j]
  return s0 + s1 + (s2 + s3)
}
