import type { Scorer } from '../../../models/model.ts'
import type { Arm, StreamRow } from '../arm.ts'

/** A model as it was after warm-up: score and line never move. */
export class FrozenArm implements Arm {
  readonly name: string
  readonly line: number
  private readonly scorer: Scorer

  constructor(name: string, scorer: Scorer, line: number) {
    this.name = name
    this.scorer = scorer
    this.line = line
  }

  score({ x, at }: StreamRow): number {
    return this.scorer.scoreOne(x, at)
  }
}
