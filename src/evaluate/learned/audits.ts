import { type Examples, selectExamples } from '../../learn/examples.ts'
import { type Fit, scoreRows } from '../../learn/fit.ts'
import { rankScores } from '../../metrics/ranked-scores.ts'
import { areaUnderRoc } from '../../metrics/roc.ts'
import { createRandom, randomInteger } from '../../stats/random.ts'
import type { Audit } from './judged.ts'

const SHUFFLES = 10
/** Training rows of each shuffled fit: chance is chance on any number of rows. */
const SHUFFLED_ROWS_MAX = 20_000
/** How far from a coin shuffled targets may lead. */
const CHANCE_MAX = 0.02
/** Deviations of an area by chance that few test rows are allowed, where that is more. */
const CHANCE_DEVIATIONS = 3
/** ROC-AUC past which one feature by itself is suspect: real signals are never that clean. */
const SUSPECT_AUC = 0.995

/** Runs the leak audits of a split: shuffled targets, the best single feature, and copies on both sides. */
export function audits(examples: Examples, fit: Fit, train: Int32Array, test: Int32Array, seed: number): Audit[] {
  return [shuffledTargets(examples, fit, train, test, seed), bestFeature(examples, test), copies(examples, train, test)]
}

/** Trained on targets that mean nothing, through every step of the plan, a model must know nothing. */
function shuffledTargets(examples: Examples, fit: Fit, train: Int32Array, test: Int32Array, seed: number): Audit {
  const random = createRandom(seed)
  const held = selectExamples(examples, test)
  const areas = Array.from({ length: SHUFFLES }, (_, shuffle) => {
    const rows = Int32Array.from(train)
    shuffleRows(rows, random)
    const some = selectExamples(examples, rows.subarray(0, SHUFFLED_ROWS_MAX))
    // Targets of other rows: drawn from all that train, so that both classes are there.
    const y = some.y.slice()
    shuffleRows(y, random)
    const margins = scoreRows(fit({ ...some, y }, seed + shuffle), held.matrix)
    return areaUnderRoc(rankScores(margins, held.y))
  })
  const mean = areas.reduce((sum, area) => sum + area, 0) / SHUFFLES
  const allowed = Math.max(CHANCE_MAX, CHANCE_DEVIATIONS * chanceDeviation(held.y))
  return {
    question: `Shuffled targets: does a model learn from nothing? (mean ROC-AUC of ${SHUFFLES}, 0.5 +- ${allowed.toFixed(3)})`,
    answer: `${mean.toFixed(4)}, from ${Math.min(...areas).toFixed(3)} to ${Math.max(...areas).toFixed(3)}`,
    passed: Math.abs(mean - 0.5) <= allowed,
  }
}

/** Deviation of the area of a scorer that knows nothing (Mann and Whitney, 1947). Rows of one group stray together: more. */
function chanceDeviation(y: Float64Array): number {
  const positives = y.reduce((sum, target) => sum + target, 0)
  return Math.sqrt((y.length + 1) / (12 * positives * (y.length - positives)))
}

function bestFeature({ matrix, y }: Examples, test: Int32Array): Audit {
  const targets = Float64Array.from(test, (row) => y[row])
  const areas = matrix.names.map((name, column) => {
    const scores = Float64Array.from(test, (row) => valueOr(matrix.values[row * matrix.columns + column]))
    const area = areaUnderRoc(rankScores(scores, targets))
    return { name, area: Math.max(area, 1 - area) }
  })
  const [best] = areas.sort((a, b) => b.area - a.area)
  return {
    question: `Best single feature: does one give the target away? (ROC-AUC above ${SUSPECT_AUC} is suspect)`,
    answer: `${best.name} ${best.area.toFixed(4)}`,
    passed: best.area <= SUSPECT_AUC,
  }
}

function copies({ groups }: Examples, train: Int32Array, test: Int32Array): Audit {
  const trained = new Set(Float64Array.from(train, (row) => groups[row]))
  const torn = test.reduce((count, row) => count + (trained.has(groups[row]) ? 1 : 0), 0)
  return {
    question: 'Groups and copies: do test rows have their group, or an exact copy, among the training rows?',
    answer: `${torn} of ${test.length} test rows`,
    passed: torn === 0,
  }
}

/** Missing is lowest: it has to stand somewhere. */
function valueOr(value: number): number {
  return Number.isNaN(value) ? -Infinity : value
}

/** Fisher and Yates's shuffle, in place. */
function shuffleRows(rows: Int32Array | Float64Array, random: () => number): void {
  for (let i = rows.length - 1; i > 0; i--) {
    const pick = randomInteger(random, i + 1)
    ;[rows[i], rows[pick]] = [rows[pick], rows[i]]
  }
}
