import type { Arm, LateLabel } from '../arm.ts'

/**
 * Says of each row what the row before it was. Give it labels at once: that is how it is defined, and where labels come
 * in runs it is hard to beat. Accuracy is worth what it has over this and {@link MajorityArm}.
 */
export class NoChangeArm implements Arm {
  readonly name = 'no change'
  readonly line = 0.5
  private last = 0

  score(): number {
    return this.last
  }

  learn({ y }: LateLabel): void {
    this.last = y
  }
}

/** Says of each row what most rows before it were, those of the warm-up included. */
export class MajorityArm implements Arm {
  readonly name = 'majority'
  readonly line = 0.5
  private positives: number
  private rows: number

  constructor(rows = 0, positives = 0) {
    this.rows = rows
    this.positives = positives
  }

  score(): number {
    return this.rows === 0 ? 0 : this.positives / this.rows
  }

  learn({ y }: LateLabel): void {
    this.rows++
    this.positives += y
  }
}
