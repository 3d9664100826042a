import type { OnlineLearner } from '../../../models/model.ts'
import type { Arm, LateLabel, StreamRow } from '../arm.ts'

/** An online learner that learns every label that reaches it, with its weight and nothing besides; its line stands still. */
export class LearnerArm implements Arm {
  readonly name: string
  readonly line: number
  private readonly learner: OnlineLearner

  constructor(name: string, learner: OnlineLearner, line: number) {
    this.name = name
    this.learner = learner
    this.line = line
  }

  score({ x, at }: StreamRow): number {
    return this.learner.scoreOne(x, at)
  }

  learn({ y, weight }: LateLabel, x: Float64Array, at: number): void {
    this.learner.learnOne(x, at, y, weight)
  }
}
