import { Adwin } from '../drift/adwin.ts'
import type { OnlineLearner } from '../models/model.ts'
import { sigmoid } from '../stats/sigmoid.ts'
import { AddedAlerts } from './added-alerts.ts'
import { AnchoredMixture } from './anchored-mixture.ts'
import { GroupAllowance } from './group-allowance.ts'
import { HeldScores } from './held-scores.ts'
import { ScoreLine } from './score-line.ts'

/** What the frozen anchor, the shipped product, says of a row and of its group at that moment. */
export interface AnchorWord {
  readonly probability: number
  /** It is an alert. No learner can undo that: the information account is the floor. */
  readonly fired: boolean
  /** How many times its line the group's account holds; past {@link CONFIRMED} its rows are labels by themselves. */
  readonly accountRatio: number
}

/** An account so far past its line is no accident: what it holds was sent. */
export const CONFIRMED = 4

/** How the policy is set. */
export interface PolicySettings {
  /** Weight one group may teach a day. */
  readonly groupWeightMax: number
  /** Share of rows the anchor calls benign that may lie past the learner's line. */
  readonly lineShare: number
}

export const POLICY_SETTINGS: PolicySettings = { groupWeightMax: 30, lineShare: 0.001 }

/** Chance that a look at drift is a false alarm: scores of bursts of one domain are no independent draws, so it is strict. */
const DRIFT_DELTA = 1e-6

/**
 * How the product adapts (DESIGN.md 6, L6), as one object: a learner beside a frozen anchor. The anchor's alerts stand whatever
 * was learned. The learner may call malicious what the anchor does not call so yet, past a line drawn from scores alone and within
 * an allowance; it learns from late verdicts and from accounts far past their line, each group only so much a day. Drift is watched
 * in the loss of labelled rows, and is told; the learner adapts by itself.
 */
export class AdaptivePolicy {
  readonly learner: OnlineLearner
  readonly line: ScoreLine
  readonly added: AddedAlerts = new AddedAlerts()
  readonly allowance: GroupAllowance
  private readonly mixture = new AnchoredMixture()
  private readonly held = new HeldScores()
  private readonly lossDrift = new Adwin(DRIFT_DELTA)
  private drifted = false

  constructor(learner: OnlineLearner, settings: PolicySettings = POLICY_SETTINGS) {
    this.learner = learner
    this.line = new ScoreLine(settings.lineShare)
    this.allowance = new GroupAllowance(settings.groupWeightMax)
  }

  /** What the frozen anchor counts beside the learner now. */
  get anchorWeight(): number {
    return this.mixture.anchorWeight
  }

  /** What {@link resume} needs besides the learner itself; what a group may teach today begins anew. */
  memory(): Record<string, unknown> {
    return { line: this.line.memory(), added: this.added.memory(), mixture: this.mixture.memory() }
  }

  resume({ line, added, mixture }: Record<string, unknown>): void {
    this.line.resume(line as Record<string, unknown>)
    this.added.resume(added as Record<string, unknown>)
    this.mixture.resume(mixture as Record<string, unknown>)
  }

  /** How likely a row is malicious, by both. */
  probability(x: Float64Array, at: number, anchor: AnchorWord): number {
    return this.mixture.probability(anchor.probability, sigmoid(this.learner.scoreOne(x, at)))
  }

  /** Whether a row of this probability is called malicious. Rows come in order of time. */
  decide(probability: number, anchor: AnchorWord, group: string, timeMs: number): boolean {
    if (anchor.fired) {
      this.added.note(group)
      return true
    }
    this.held.add(group, probability, timeMs)
    for (const settled of this.held.release(timeMs, this.added)) this.line.add(settled)
    return probability > this.line.value && this.added.allows(group, timeMs)
  }

  /** A label came in, by a verdict or a confirmed account. */
  learn(x: Float64Array, at: number, anchor: AnchorWord, label: TimedLabel): void {
    const granted = this.allowance.grant(label.group, label.timeMs, label.weight)
    if (granted <= 0) return
    const loss = this.mixture.learn(anchor.probability, sigmoid(this.learner.scoreOne(x, at)), label.y)
    const before = this.lossDrift.mean
    // A loss that falls is a learner that learns.
    if (this.lossDrift.add(loss) && this.lossDrift.mean > before) this.drifted = true
    this.learner.learnOne(x, at, label.y, granted)
  }

  /** Whether drift was found since the last call. */
  takeDrift(): boolean {
    const { drifted } = this
    this.drifted = false
    return drifted
  }
}

/** A label as it reaches the policy. */
export interface TimedLabel {
  readonly group: string
  readonly timeMs: number
  readonly y: 0 | 1
  readonly weight: number
}
