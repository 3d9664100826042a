/**
 * Draws indices without putting them back, each with the share its weight has of what is left: log(n) steps a draw,
 * exact at any spread of weights. A tree of sums; taking an index out and in again changes no bit of it.
 */
export class WeightedDraw {
  /** Leaves from `#leaves` on hold the weights, each node before them the sum of nodes 2n and 2n + 1. */
  readonly #sums: Float64Array
  readonly #leaves: number
  readonly #weights: Float64Array
  #drawn: number[] = []

  /** Weights are zero or more, and finite in sum. */
  constructor(weights: Float64Array) {
    this.#weights = weights
    this.#leaves = 2 ** Math.ceil(Math.log2(weights.length))
    this.#sums = new Float64Array(2 * this.#leaves)
    this.#sums.set(weights, this.#leaves)
    for (let node = this.#leaves - 1; node > 0; node--) this.#add(node)
  }

  /** `count` indices, or as many as have a weight above zero; all are put back by the next call. */
  draw(count: number, random: () => number): readonly number[] {
    for (const index of this.#drawn) this.#set(index, this.#weights[index])
    this.#drawn = []
    while (this.#drawn.length < count && this.#sums[1] > 0) {
      let node = 1
      let rest = random() * this.#sums[1]
      while (node < this.#leaves) {
        node *= 2
        // Rounding may leave a rest where there is nothing left to the right.
        if (rest < this.#sums[node] || this.#sums[node + 1] === 0) continue
        rest -= this.#sums[node]
        node++
      }
      const index = node - this.#leaves
      this.#drawn.push(index)
      this.#set(index, 0)
    }
    return this.#drawn
  }

  #set(index: number, weight: number): void {
    let node = index + this.#leaves
    this.#sums[node] = weight
    for (node >>= 1; node > 0; node >>= 1) this.#add(node)
  }

  #add(node: number): void {
    this.#sums[node] = this.#sums[2 * node] + this.#sums[2 * node + 1]
  }
}
