import { countPositives, type Examples, rowsApart, selectExamples } from '../../learn/examples.ts'
import { type Fit, scoreRows } from '../../learn/fit.ts'
import { rankScores } from '../../metrics/ranked-scores.ts'
import { areaUnderRoc } from '../../metrics/roc.ts'
import { createRandom, randomInteger } from '../../stats/random.ts'
import type { Audit } from './judged.ts'

const SHUFFLES = 10
/** Training rows of each class in a shuffled fit: chance is chance on any number of rows. */
const OF_A_CLASS_MAX = 10_000
/** How far from a coin shuffled targets may lead, where there are rows enough to tell. */
const CHANCE_MAX = 0.02
/** Standard errors of the mean that chance is allowed besides. */
const ERRORS_MAX = 3
/** Benign rows that a network needs, the area past which a feature tells where a row was seen, and how many of those are named. */
const NETWORK_ROWS_MIN = 20
const ORIGIN_AUC = 0.95
const SUSPECTS_SHOWN = 8
/** ROC-AUC past which one feature by itself is suspect: real signals are never that clean. */
const SUSPECT_AUC = 0.995

/**
 * Runs the leak audits of a split: shuffled targets, the best single feature, and copies on both sides. Without training
 * rows of both classes there is nothing to train on shuffled targets.
 */
export function audits(examples: Examples, fit: Fit, train: Int32Array, test: Int32Array, seed: number): Audit[] {
  const attacks = countPositives(examples.y, train)
  const trains = attacks > 0 && attacks < train.length
  return [
    ...(trains ? [shuffledTargets(examples, fit, train, test, seed)] : []),
    bestFeature(examples, test),
    copies(examples, train, test),
  ]
}

/**
 * With targets dealt out anew to all rows, those that train and those that are judged, there is nothing to know: whatever
 * ranks better than a coin has seen targets it should not. True targets on the judged side would not do: where few
 * distinct rows hold most of the data, a meaningless model is right or wrong about nearly all of them at once.
 */
function shuffledTargets(examples: Examples, fit: Fit, train: Int32Array, test: Int32Array, seed: number): Audit {
  const random = createRandom(seed)
  const areas = Array.from({ length: SHUFFLES }, (_, shuffle) => {
    const rows = someOfBoth(examples.y, train, random)
    const dealt = { ...examples, y: dealtAnew(examples.y, [rows, test], random) }
    const fitted = fit(selectExamples(dealt, rows), seed + shuffle)
    const held = selectExamples(dealt, test)
    return areaUnderRoc(rankScores(scoreRows(fitted, held.matrix), held.y))
  })
  const mean = areas.reduce((sum, area) => sum + area, 0) / SHUFFLES
  const allowed = Math.max(CHANCE_MAX, ERRORS_MAX * errorOfMean(countPositives(examples.y, test), test.length))
  return {
    question: `Shuffled targets: does a model learn from nothing? (mean ROC-AUC of ${SHUFFLES}, 0.5 +- ${allowed.toFixed(2)})`,
    answer: `${mean.toFixed(4)}, from ${Math.min(...areas).toFixed(3)} to ${Math.max(...areas).toFixed(3)}`,
    passed: Math.abs(mean - 0.5) <= allowed,
  }
}

function someOfBoth(y: Float64Array, train: Int32Array, random: () => number): Int32Array {
  const shuffled = train.slice()
  shuffleInPlace(shuffled, random)
  const some = (target: number) => shuffled.filter((row) => y[row] === target).subarray(0, OF_A_CLASS_MAX)
  return Int32Array.of(...some(0), ...some(1))
}

/** Targets shuffled among the rows of each part, which so keeps its share of attacks. */
function dealtAnew(y: Float64Array, parts: readonly Int32Array[], random: () => number): Float64Array {
  const dealt = y.slice()
  for (const rows of parts) {
    const targets = Float64Array.from(rows, (row) => y[row])
    shuffleInPlace(targets, random)
    rows.forEach((row, i) => {
      dealt[row] = targets[i]
    })
  }
  return dealt
}

/** Standard error of the mean area of scores that mean nothing: Mann and Whitney's U without ties, which lessen it. */
function errorOfMean(positives: number, rows: number): number {
  return Math.sqrt((rows + 1) / (12 * positives * (rows - positives)) / SHUFFLES)
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
  const torn = test.length - rowsApart(groups, test, train).length
  return {
    question: 'Groups and copies: do test rows have their group, or an exact copy, among the training rows?',
    answer: `${torn} of ${test.length} test rows`,
    passed: torn === 0,
  }
}

/**
 * Which features tell one network's benign rows from the others': a model that learns them learns where, not what. The original's two
 * best features of conn.log were of this kind. Nothing is asked where fewer than two have rows enough.
 */
export function networkOfOrigin({ matrix, y }: Examples, network: readonly string[], test: Int32Array): Audit[] {
  const benign = test.filter((row) => y[row] === 0)
  const names = [...new Set(Array.from(benign, (row) => network[row]))].filter(
    (name) => benign.filter((row) => network[row] === name).length >= NETWORK_ROWS_MIN,
  )
  const question = `Source network: does a feature tell one network's benign rows from the others'? (ROC-AUC above ${ORIGIN_AUC} is suspect)`
  if (names.length < 2) return []
  const areas = matrix.names.map((name, column) => {
    const scores = Float64Array.from(benign, (row) => valueOr(matrix.values[row * matrix.columns + column]))
    const of = names.map((origin) => {
      const area = areaUnderRoc(
        rankScores(
          scores,
          Float64Array.from(benign, (row) => (network[row] === origin ? 1 : 0)),
        ),
      )
      return { name, origin, area: Math.max(area, 1 - area) }
    })
    return of.reduce((best, one) => (one.area > best.area ? one : best))
  })
  const suspects = areas.filter(({ area }) => area > ORIGIN_AUC).sort((a, b) => b.area - a.area)
  const [best] = areas.sort((a, b) => b.area - a.area)
  const shown = suspects.length > 0 ? suspects.slice(0, SUSPECTS_SHOWN) : [best]
  const answer = shown.map(({ name, origin, area }) => `${name} ${area.toFixed(3)} (${origin})`).join(', ')
  const more = suspects.length > shown.length ? ` and ${suspects.length - shown.length} more` : ''
  return [{ question, answer: answer + more, passed: suspects.length === 0 }]
}

/** Missing is lowest: it has to stand somewhere. */
function valueOr(value: number): number {
  return Number.isNaN(value) ? -Infinity : value
}

/** Fisher and Yates's shuffle. */
function shuffleInPlace(rows: Int32Array | Float64Array, random: () => number): void {
  for (let i = rows.length - 1; i > 0; i--) {
    const pick = randomInteger(random, i + 1)
    ;[rows[i], rows[pick]] = [rows[pick], rows[i]]
  }
}
