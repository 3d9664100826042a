import { rankScores } from '../../metrics/ranked-scores.ts'
import { recallAtLimit } from '../../metrics/recall-at-limit.ts'
import type { Arm, LateLabel, StreamRow } from './arm.ts'
import { VerdictTally } from './figures.ts'
import type { LabelChoice } from './label-choice.ts'
import { PendingLabels } from './pending-labels.ts'
import type { ArmTotal, ArmWindow, LabelRegime } from './result.ts'

/** What an entrant needs to know of the run. */
interface EntrantOptions {
  readonly windowRows: number
  readonly labelDelayMs: number
  readonly labelBudget: number
  readonly limit: number
  readonly fading: number
  answer?(index: number, y: 0 | 1): 0 | 1
}

/** One arm in the run: its verdicts counted, its labels asked for, kept until they are due, and handed over. */
export class Entrant {
  /** What the arm said of the row judged last. */
  score = 0
  private line = 0
  private readonly arm: Arm
  private readonly labels: LabelChoice | 'at-once'
  private readonly featureCount: number
  private readonly options: EntrantOptions
  private readonly pending = new PendingLabels()
  private readonly scores: Float64Array
  private readonly window = new VerdictTally()
  private readonly cumulative = new VerdictTally()
  private readonly fading: VerdictTally
  private drifts: number[] = []
  private windowLabels = 0
  /** Attacks found within the limit and all of them, over the windows that can tell. */
  private foundAtLimit = 0
  private toFindAtLimit = 0
  private asked = 0

  constructor(arm: Arm, labels: LabelChoice | 'at-once', featureCount: number, options: EntrantOptions) {
    this.arm = arm
    this.labels = labels
    this.featureCount = featureCount
    this.options = options
    this.scores = new Float64Array(options.windowRows)
    this.fading = new VerdictTally(options.fading)
  }

  private get regime(): LabelRegime {
    if (this.arm.learn === undefined) return 'none'
    return this.labels === 'at-once' ? 'at-once' : 'late'
  }

  /** Hands over every label that is due. */
  hear(timeMs: number): void {
    for (let due = this.pending.next(timeMs); due !== undefined; due = this.pending.next(timeMs)) {
      this.learn(due.label, due.x, 0)
    }
  }

  /** Scores a row and counts what became of it; whether it was flagged. */
  judge(row: StreamRow, y: 0 | 1, unchanged: boolean, place: number): boolean {
    this.score = this.arm.score(row)
    if (Number.isNaN(this.score))
      throw new RangeError(`${this.arm.name} gives row ${row.index} a score that is no number`)
    this.line = this.arm.line
    const flagged = this.score >= this.line
    this.scores[place] = this.score
    this.window.add(y, flagged, unchanged)
    this.cumulative.add(y, flagged, unchanged)
    this.fading.add(y, flagged, unchanged)
    return flagged
  }

  /** After everybody has scored: asks for the label, or hands it over where labels come at once. */
  ask(row: StreamRow, y: 0 | 1): void {
    const { regime, score, line, labels } = this
    if (regime === 'at-once') {
      this.asked++
      this.learn(this.labelOf(row, y, 1, row.timeMs), row.x, row.at)
    } else if (regime === 'late' && labels !== 'at-once') {
      const left = Math.ceil(this.options.labelBudget * (row.index + 1) - 1e-9) - this.asked
      const weight = labels.weightOf(row, score, line, left)
      if (weight > 0 && left >= 1) {
        this.asked++
        const x = row.x.slice(row.at, row.at + this.featureCount)
        this.pending.add(this.labelOf(row, y, weight, row.timeMs + this.options.labelDelayMs), x)
      }
    }
    if (this.arm.takeDrift?.()) this.drifts.push(row.index)
  }

  private labelOf({ index, timeMs }: StreamRow, y: 0 | 1, weight: number, arrivesMs: number): LateLabel {
    const { score, line } = this
    return { index, timeMs, arrivesMs, y: this.options.answer?.(index, y) ?? y, weight, score, line }
  }

  private learn(label: LateLabel, x: Float64Array, at: number): void {
    this.windowLabels++
    this.arm.learn?.(label, x, at)
  }

  /** Closes a window whose rows have these labels. */
  closeWindow(targets: Uint8Array): ArmWindow {
    const found = recallAtLimit(rankScores(this.scores.subarray(0, targets.length), targets), this.options.limit)
    if (found.canTell) {
      this.foundAtLimit += found.truePositives
      this.toFindAtLimit += found.positives
    }
    const closed: ArmWindow = {
      window: this.window.figures(),
      cumulative: this.cumulative.figures(),
      fading: this.fading.figures(),
      recallAtLimit: found.canTell ? found.recall : Number.NaN,
      cumulativeRecallAtLimit: this.foundAtLimit / this.toFindAtLimit,
      ...{ line: this.line, labels: this.windowLabels, drifts: this.drifts },
    }
    this.window.clear()
    this.drifts = []
    this.windowLabels = 0
    return closed
  }

  /** The whole stream, out of its windows. */
  total(windows: readonly ArmWindow[]): ArmTotal {
    return {
      name: this.arm.name,
      regime: this.regime,
      figures: this.cumulative.figures(),
      meanWindowBalancedAccuracy: meanOfKnown(windows.map(({ window }) => window.balancedAccuracy)),
      recallAtLimit: this.foundAtLimit / this.toFindAtLimit,
      asked: this.asked,
      labels: windows.reduce((sum, { labels }) => sum + labels, 0),
      drifts: windows.reduce((sum, { drifts }) => sum + drifts.length, 0),
    }
  }
}

function meanOfKnown(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value))
  return known.reduce((sum, value) => sum + value, 0) / known.length
}
