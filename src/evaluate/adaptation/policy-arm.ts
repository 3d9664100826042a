import { AdaptivePolicy, type AnchorWord, CONFIRMED } from '../../adapt/adaptive-policy.ts'
import type { OnlineLearner } from '../../models/model.ts'
import type { Arm, LateLabel, StreamRow } from '../prequential/arm.ts'
import type { ComposedStream } from './compose-stream.ts'

/** Rows of a group that become labels when its account confirms it. */
const CONFIRMED_ROWS = 20

/** The shipped product with its adapting part, row by row. Its score is 1 or 0 as the policy decides, so its line stands still. */
export class PolicyArm implements Arm {
  readonly name: string
  readonly line = 0.5
  readonly policy: AdaptivePolicy
  private readonly stream: ComposedStream
  private readonly columns: number
  private readonly word = { probability: 0, fired: false, accountRatio: 0 }
  /** First rows of each group, until its account confirms it. */
  private readonly firstRows = new Map<string, number[]>()
  private readonly confirmed = new Set<string>()
  probability = 0

  constructor(name: string, learner: OnlineLearner, stream: ComposedStream, columns: number) {
    this.name = name
    this.policy = new AdaptivePolicy(learner)
    this.stream = stream
    this.columns = columns
  }

  score({ index, timeMs, x, at, group }: StreamRow): number {
    const row = this.stream.warmRows + index
    const word = this.wordOn(row)
    this.confirm(row, group, timeMs)
    this.wordOn(row)
    this.probability = this.policy.probability(x, at, word)
    return this.policy.decide(this.probability, word, group, timeMs) ? 1 : 0
  }

  learn({ index, timeMs, y, weight }: LateLabel, x: Float64Array, at: number): void {
    const row = this.stream.warmRows + index
    this.policy.learn(x, at, this.wordOn(row), { group: this.stream.groups[row], timeMs, y, weight })
  }

  takeDrift(): boolean {
    return this.policy.takeDrift()
  }

  private confirm(index: number, group: string, timeMs: number): void {
    const word = this.wordOn(index)
    if (this.confirmed.has(group)) return
    const rows = this.firstRows.get(group) ?? []
    if (rows.length < CONFIRMED_ROWS) rows.push(index)
    this.firstRows.set(group, rows)
    if (!word.fired || word.accountRatio < CONFIRMED) return
    this.confirmed.add(group)
    this.firstRows.delete(group)
    for (const row of rows) {
      this.policy.learn(this.stream.x, row * this.columns, this.wordOn(row), { group, timeMs, y: 1, weight: 1 })
    }
  }

  private wordOn(index: number): AnchorWord {
    const { word, stream } = this
    word.probability = stream.probability[index]
    word.fired = stream.fired[index] === 1
    word.accountRatio = stream.accountRatio[index]
    return word
  }
}

/** The shipped product as it is: what its domain's incident would say after each row. */
export class ProductArm implements Arm {
  readonly name: string
  readonly line = 0.5
  private readonly stream: ComposedStream

  constructor(name: string, stream: ComposedStream) {
    this.name = name
    this.stream = stream
  }

  score({ index }: StreamRow): number {
    return this.stream.fired[this.stream.warmRows + index]
  }
}
