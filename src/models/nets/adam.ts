const BETA1 = 0.9
const BETA2 = 0.999
const EPSILON = 1e-8

/** Parameters, and their gradients summed over a batch. */
export interface Parameters {
  readonly values: Float64Array
  readonly gradients: Float64Array
}

/**
 * Adam: each parameter steps by its gradient's running mean over the root of its running square, both corrected for their start at
 * zero. Gradients are cleared after each step.
 *
 * Source: Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1; weight decay as an L2 term of the
 * gradient, as in the original nets.
 */
export class Adam {
  private readonly parameters: readonly Parameters[]
  private readonly means: readonly Float64Array[]
  private readonly squares: readonly Float64Array[]
  private readonly rate: number
  private readonly decay: number
  private steps = 0

  constructor(parameters: readonly Parameters[], rate: number, decay = 0) {
    this.parameters = parameters
    this.rate = rate
    this.decay = decay
    this.means = parameters.map(({ values }) => new Float64Array(values.length))
    this.squares = parameters.map(({ values }) => new Float64Array(values.length))
  }

  /** One step with the gradients of a batch, each divided by `weight`. */
  step(weight: number): void {
    this.steps++
    const { rate, decay } = this
    const first = 1 / (1 - BETA1 ** this.steps)
    const second = 1 / (1 - BETA2 ** this.steps)
    const scale = 1 / weight
    for (const [p, { values, gradients }] of this.parameters.entries()) {
      const mean = this.means[p]
      const square = this.squares[p]
      for (let i = 0; i < values.length; i++) {
        const g = gradients[i] * scale + decay * values[i]
        mean[i] = BETA1 * mean[i] + (1 - BETA1) * g
        square[i] = BETA2 * square[i] + (1 - BETA2) * g * g
        values[i] -= (rate * first * mean[i]) / (Math.sqrt(second * square[i]) + EPSILON)
        gradients[i] = 0
      }
    }
  }
}
