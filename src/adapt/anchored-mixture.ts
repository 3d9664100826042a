import { sigmoid } from '../stats/sigmoid.ts'

/** The anchor's weight never falls below this: whoever poisons the learner has not the whole say. */
export const ANCHOR_FLOOR = 0.3
/** Labelled rows over which a loss is remembered. */
const MEMORY_ROWS = 200
/** How sharply a lower loss wins: a tenth of a nat is odds of e. */
const SHARPNESS = 10
/** A loss past this says no more: one row must not decide. */
const LOSS_MAX = 5

/**
 * Two probabilities as one: that of a frozen anchor and that of a learner, each weighed by how well it foretold the rows whose
 * labels came in lately (exponentially weighted log-loss), the anchor with a floor (DESIGN.md 6, L6).
 */
export class AnchoredMixture {
  private anchorLoss = Math.LN2
  private learnerLoss = Math.LN2

  /** What the anchor's word counts now. */
  get anchorWeight(): number {
    return Math.max(ANCHOR_FLOOR, sigmoid(SHARPNESS * (this.learnerLoss - this.anchorLoss)))
  }

  memory(): Record<string, unknown> {
    const { anchorLoss, learnerLoss } = this
    return { anchorLoss, learnerLoss }
  }

  resume(memory: Record<string, unknown>): void {
    Object.assign(this, memory)
  }

  probability(anchor: number, learner: number): number {
    const weight = this.anchorWeight
    return weight * anchor + (1 - weight) * learner
  }

  /** A label came in for a row that both had answered; gives the mixture's own loss, for whoever watches it. */
  learn(anchor: number, learner: number, y: number): number {
    const mixed = lossOf(this.probability(anchor, learner), y)
    this.anchorLoss += (lossOf(anchor, y) - this.anchorLoss) / MEMORY_ROWS
    this.learnerLoss += (lossOf(learner, y) - this.learnerLoss) / MEMORY_ROWS
    return mixed
  }
}

function lossOf(probability: number, y: number): number {
  return Math.min(LOSS_MAX, -Math.log(Math.max(1e-9, y === 1 ? probability : 1 - probability)))
}
