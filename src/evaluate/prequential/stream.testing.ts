import { createRandom } from '../../stats/random.ts'
import type { Arm } from './arm.ts'
import { MajorityArm, NoChangeArm } from './arms/baseline-arms.ts'
import { LearnerArm } from './arms/learner-arm.ts'
import { PREQUENTIAL_DEFAULTS, Prequential } from './prequential.ts'
import type { StreamEvaluation } from './result.ts'
import type { StreamBlock } from './stream.ts'

/** Rows of two columns. Attacks stand high in the first; from `turnsAt` on in the second. One row a second. */
export function turningStream(rows: number, turnsAt: number, seed = 1): StreamBlock {
  const random = createRandom(seed)
  const y = Array.from({ length: rows }, () => (random() < 0.3 ? 1 : 0))
  const x = new Float64Array(rows * 2)
  for (let row = 0; row < rows; row++) {
    x[row * 2] = random()
    x[row * 2 + 1] = random()
    if (y[row] === 1) x[row * 2 + (row < turnsAt ? 0 : 1)] += 1
  }
  return { rows, x, y, timeMs: y.map((_, row) => row * 1000), groups: y.map((_, row) => `d${row % 50}.example`) }
}

/** Holds one column against 1: right before the turn, blind after it. */
export const firstColumn: Arm = { name: 'frozen', line: 1, score: ({ x, at }) => x[at] }

/** Learns at which column to look, by which was high where it was told of an attack. */
function looker(name: string): LearnerArm {
  const seen = [0, 0]
  return new LearnerArm(
    name,
    {
      ...{ kind: 'looker', featureNames: ['a', 'b'], save: () => ({ parameters: {}, arrays: {} }) },
      scoreOne: (x, at = 0) => x[at + (seen[0] >= seen[1] ? 0 : 1)],
      learnOne: (x, at, y) => {
        for (const column of [0, 1]) seen[column] = 0.99 * seen[column] + (y === 1 && x[at + column] > 1 ? 1 : 0)
      },
    },
    1,
  )
}

/** An evaluation of a stream that turns, with real figures, in which every text that others may have a hand in is the same. */
export function someStream(text = 'word', rows = 4000): StreamEvaluation {
  const run = new Prequential(
    2,
    [
      { arm: new MajorityArm(), labels: 'at-once' },
      { arm: new NoChangeArm(), labels: 'at-once' },
      { arm: { ...firstColumn, name: `${text} frozen` } },
      { arm: looker(`${text} late`) },
      { arm: looker(`${text} at once`), labels: 'at-once' },
    ],
    { ...PREQUENTIAL_DEFAULTS, windowRows: 200, labelDelayMs: 60_000, labelBudget: 0.1 },
  )
  run.take(turningStream(rows, rows / 2))
  return {
    title: `${text} on a stream`,
    facts: [['order', text]],
    result: run.finish(),
    limit: PREQUENTIAL_DEFAULTS.limit,
  }
}
