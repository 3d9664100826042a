import { ActiveChoice } from '../../adapt/active-choice.ts'
import { balancedLine } from '../../metrics/balanced-line.ts'
import { rankScores } from '../../metrics/ranked-scores.ts'
import { createMatrix } from '../../models/matrix.ts'
import type { OnlineLearner, Scorer } from '../../models/model.ts'
import { createLearner, type LearnerName } from '../../models/online/index.ts'
import { trainGradientBoosting } from '../../models/train-gradient-boosting.ts'
import { createRandom } from '../../stats/random.ts'
import { FrozenArm } from '../prequential/arms/frozen-arm.ts'
import { HeldBudgetArm } from '../prequential/arms/held-budget-arm.ts'
import { LearnerArm } from '../prequential/arms/learner-arm.ts'
import { type Entry, Prequential } from '../prequential/prequential.ts'
import { UNIT_FEATURES } from './collect-units.ts'
import type { ComposedStream } from './compose-stream.ts'
import type { Block } from './paired-bootstrap.ts'
import { PolicyArm, ProductArm } from './policy-arm.ts'

/** Arms in the order they are reported; the first is what ships with its adapting part. */
export const ARMS = [
  ...(['product, adapting', 'learner alone, adapting'] as const),
  ...(['same learner, frozen', 'boosting, frozen', 'boosting, line redrawn daily', 'product, frozen'] as const),
] as const

/** How labels come, and what an attacker does to them. */
export interface OrderingOptions {
  readonly learner: LearnerName
  readonly labelDelayMs: number
  readonly labelBudget: number
  readonly seed: number
  /** Share of verdicts that say the opposite. */
  readonly flipped: number
}

/** What one ordering showed. */
export interface OrderingResult {
  readonly blocks: readonly Block[]
  /** Recall on the new rows of the first hour, and on old tools that came back, by arm; NaN where there are none. */
  readonly firstHour: readonly number[]
  readonly oldRecall: readonly number[]
  /** Recall of the last hours before the drift's end on all attack rows is in the blocks; alarms of the first arm. */
  readonly driftAlarms: number
  readonly rowsAfter: number
  /** Benign groups that each arm called malicious in some row. */
  readonly falseGroups: readonly number[]
}

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** Share of the warm-up's groups that lines are drawn on. */
const HELD_SHARE = 0.3

/** Runs every arm over one stream: the warm-up is learned with all its labels, what follows with few and late ones. */
export function runOrdering(stream: ComposedStream, options: OrderingOptions): OrderingResult {
  const columns = UNIT_FEATURES.length
  const taught = (): OnlineLearner => {
    const learner = createLearner(options.learner, UNIT_FEATURES, options.seed)
    for (let row = 0; row < stream.warmRows; row++) learner.learnOne(stream.x, row * columns, stream.y[row], 1)
    return learner
  }
  const [boosting, line, share] = trainBoosting(stream, columns, options.seed)
  const policy = new PolicyArm(ARMS[0], taught(), stream, columns)
  const late = (seed: number) => new ActiveChoice(options.labelBudget, seed)
  const entries: Entry[] = [
    { arm: policy, labels: late(options.seed) },
    { arm: new LearnerArm(ARMS[1], taught(), 0), labels: late(options.seed + 1) },
    { arm: new FrozenArm(ARMS[2], taught(), 0) },
    { arm: new FrozenArm(ARMS[3], boosting, line) },
    { arm: new HeldBudgetArm(ARMS[4], boosting, line, { share, seed: options.seed }) },
    { arm: new ProductArm(ARMS[5], stream) },
  ]
  const tally = new Tally(stream)
  const flips = createRandom(options.seed + 2)
  const flipped = Uint8Array.from({ length: stream.rows }, () => (flips() < options.flipped ? 1 : 0))
  let alarms = 0
  const run = new Prequential(columns, entries, {
    ...{ windowRows: 1000, labelDelayMs: options.labelDelayMs, labelBudget: options.labelBudget },
    ...{ limit: 0.01, fading: 0.999, seed: options.seed },
    answer: (index, y) => (flipped[index + stream.warmRows] === 1 ? (y === 1 ? 0 : 1) : y),
    onVerdict: ({ entry, row, flagged }) => tally.add(entry, row.index + stream.warmRows, flagged),
  })
  run.take(tail(stream, columns))
  for (const window of run.finish().windows) alarms += window.arms[0].drifts.length
  return tally.result(alarms)
}

/** The rows after the warm-up; arms that look rows up by index count from there. */
function tail(stream: ComposedStream, columns: number) {
  const { warmRows, rows, x, timeMs, groups, y } = stream
  return {
    rows: rows - warmRows,
    x: x.subarray(warmRows * columns),
    timeMs: Array.from({ length: rows - warmRows }, (_, i) => timeMs[warmRows + i]),
    groups: Array.from({ length: rows - warmRows }, (_, i) => groups[warmRows + i]),
    y: Uint8Array.from({ length: rows - warmRows }, (_, i) => y[warmRows + i]),
  }
}

/** Boosting on seven tenths of the warm-up's groups; the line with the best balanced accuracy on the others, and the share it flags. */
function trainBoosting(stream: ComposedStream, columns: number, seed: number): [Scorer, number, number] {
  const random = createRandom(seed)
  const held = new Map<string, boolean>()
  const isHeld = Array.from({ length: stream.warmRows }, (_, row) => {
    const group = stream.groups[row]
    if (!held.has(group)) held.set(group, random() < HELD_SHARE)
    return held.get(group)!
  })
  const train = isHeld.flatMap((is, row) => (is ? [] : [row]))
  const matrix = createMatrix(train.length, UNIT_FEATURES)
  for (const [at, row] of train.entries())
    matrix.values.set(stream.x.subarray(row * columns, (row + 1) * columns), at * columns)
  const model = trainGradientBoosting(
    matrix,
    Uint8Array.from(train, (row) => stream.y[row]),
    { seed },
  )
  const rows = isHeld.flatMap((is, row) => (is ? [row] : []))
  const scores = rows.map((row) => model.scoreOne(stream.x, row * columns))
  const targets = Uint8Array.from(rows, (row) => stream.y[row])
  const share = targets.reduce((sum, y) => sum + y, 0) / Math.max(1, rows.length)
  return [model, balancedLine(rankScores(scores, targets)) ?? 0, Math.max(1e-4, share)]
}

/** Counts verdicts by block, and those that are asked about apart. */
class Tally {
  private readonly stream: ComposedStream
  private readonly blocks = new Map<
    string,
    { positives: number; negatives: number; right: { positives: number; negatives: number }[] }
  >()
  private readonly hour = ARMS.map(() => ({ seen: 0, right: 0 }))
  private readonly old = ARMS.map(() => ({ seen: 0, right: 0 }))
  private readonly falseGroups = ARMS.map(() => new Set<string>())
  private readonly firstNewMs: number

  constructor(stream: ComposedStream) {
    this.stream = stream
    const first = stream.isNew.indexOf(1)
    this.firstNewMs = first < 0 ? Number.NaN : stream.timeMs[first]
  }

  add(arm: number, row: number, flagged: boolean): void {
    const { stream } = this
    const y = stream.y[row]
    const key = `${stream.groups[row]} ${Math.floor(stream.timeMs[row] / DAY_MS)}`
    let block = this.blocks.get(key)
    if (!block) {
      block = { positives: 0, negatives: 0, right: ARMS.map(() => ({ positives: 0, negatives: 0 })) }
      this.blocks.set(key, block)
    }
    if (arm === 0) {
      if (y === 1) block.positives++
      else block.negatives++
    }
    const right = flagged === (y === 1) ? 1 : 0
    if (y === 1) block.right[arm].positives += right
    else block.right[arm].negatives += right
    if (y === 0 && flagged) this.falseGroups[arm].add(stream.groups[row])
    if (stream.isNew[row] === 1 && stream.timeMs[row] - this.firstNewMs < HOUR_MS) count(this.hour[arm], right)
    if (stream.isOld[row] === 1) count(this.old[arm], right)
  }

  result(driftAlarms: number): OrderingResult {
    const share = ({ seen, right }: { seen: number; right: number }) => (seen === 0 ? Number.NaN : right / seen)
    return {
      blocks: [...this.blocks.values()],
      firstHour: this.hour.map(share),
      oldRecall: this.old.map(share),
      driftAlarms,
      rowsAfter: this.stream.rows - this.stream.warmRows,
      falseGroups: this.falseGroups.map(({ size }) => size),
    }
  }
}

function count(into: { seen: number; right: number }, right: number): void {
  into.seen++
  into.right += right
}
