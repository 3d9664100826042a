/** Gradients are this small at first, where features are entries of vectors of length one. */
const GRADIENT_START = 0.1

/**
 * Weights by FTRL-Proximal: each is the minimiser of all its gradients so far, plus an L2 penalty, plus a pull towards
 * where it was that grows with the root of its squared gradients. A weight is worked out when it is read, so a penalty
 * on 65,536 weights costs nothing for those that a step does not touch.
 *
 * Source: McMahan et al., Ad click prediction: a view from the trenches, KDD 2013, algorithm 1, without its L1.
 */
export class RegularisedLeader {
  readonly #pulls: Float64Array
  readonly #squares: Float64Array
  readonly #rate: number
  readonly #l2: number
  readonly #free: number

  /** `l2` stands against the sum of all gradients that will come; the weight at `free` is without it. */
  constructor(width: number, rate: number, l2: number, free: number) {
    this.#pulls = new Float64Array(width)
    this.#squares = new Float64Array(width)
    this.#rate = rate
    this.#l2 = l2
    this.#free = free
  }

  weight(at: number): number {
    const l2 = at === this.#free ? 0 : this.#l2
    return -this.#pulls[at] / ((GRADIENT_START + Math.sqrt(this.#squares[at])) / this.#rate + l2)
  }

  learn(at: number, gradient: number): void {
    const weight = this.weight(at)
    const before = this.#squares[at]
    const after = before + gradient * gradient
    this.#squares[at] = after
    this.#pulls[at] += gradient - ((Math.sqrt(after) - Math.sqrt(before)) / this.#rate) * weight
  }
}
