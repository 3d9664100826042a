import { Adwin } from '../../../drift/adwin.ts'
import type { OnlineLearner } from '../../../models/model.ts'
import type { Arm, LateLabel, StreamRow } from '../arm.ts'

/**
 * An online learner that learns every label that reaches it, and nothing besides; its line stands still. A label counts
 * for `share` of the rows it stands for: with the label budget, a label asked for by chance counts as one row. A drift is
 * marked where ADWIN sees that it is wrong about the labels it hears more often than before; it is a mark, no action.
 */
export class LearnerArm implements Arm {
  readonly name: string
  readonly line: number
  private readonly learner: OnlineLearner
  private readonly share: number
  private readonly errors = new Adwin()
  private drifted = false

  constructor(name: string, learner: OnlineLearner, line: number, share = 1) {
    this.name = name
    this.line = line
    this.learner = learner
    this.share = share
  }

  score({ x, at }: StreamRow): number {
    return this.learner.scoreOne(x, at)
  }

  learn({ y, weight, score, line }: LateLabel, x: Float64Array, at: number): void {
    const { errors } = this
    const before = errors.mean
    if (errors.add(score >= line === (y === 1) ? 0 : 1) && errors.mean > before) this.drifted = true
    this.learner.learnOne(x, at, y, weight * this.share)
  }

  takeDrift(): boolean {
    const { drifted } = this
    this.drifted = false
    return drifted
  }
}
