import { describe, expect, test } from 'vitest'
import { rankScores } from '../metrics/ranked-scores.ts'
import { areaUnderRoc } from '../metrics/roc.ts'
import { createMatrix, type FeatureMatrix, matrixOf } from '../models/matrix.ts'
import { decodeModel, encodeModel } from '../models/model-file.ts'
import type { PreparedModel } from '../models/prepared-model.ts'
import { createRandom, randomInteger } from '../stats/random.ts'
import { textCode } from '../stats/text-code.ts'
import { createExamples, type Examples, selectExamples } from './examples.ts'
import { type Fit, scoreRows } from './fit.ts'
import { groupedSplit, type Split } from './folds/split.ts'
import { learners } from './learners.ts'
import { rocAuc } from './metric.ts'
import { planted } from './planted.testing.ts'
import { preparations } from './preparation/index.ts'
import { minMax } from './preparation/min-max.ts'
import { standard } from './preparation/standard.ts'
import { winsorise } from './preparation/winsorise.ts'
import { fitOf, type Recipe } from './recipe.ts'
import { anova } from './selection/anova.ts'
import { mutualInformation } from './selection/mutual-information.ts'

const logistic = learners[0].fit()
const boosting = learners[1].fit({ rounds: 20 })
const selection = { selector: mutualInformation, count: 3, metric: rocAuc, folds: 3 }
const recipe: Recipe = { preparations: [winsorise, standard], selection, rebalancing: 'over', fit: logistic }

function fileOf(model: PreparedModel): Uint8Array {
  const features = model.featureNames.map((name) => ({ name, unit: 'ratio' }))
  return encodeModel({ model, features, thresholds: [], manifestHash: '', seed: 1, metrics: {} })
}

test('rows that are not trained on change no bit of the model', () => {
  const examples = planted(600, ['strong', 'noise', 'middling', 'weak', 'constant'], 1)
  const split = groupedSplit(examples.groups, 0.4, 1)
  const others = { ...examples, matrix: { ...examples.matrix, values: examples.matrix.values.slice() } }
  for (const row of split.test) others.matrix.values.fill(1e9, row * 5, row * 5 + 5)
  const fit = (from: Examples) => fileOf(fitOf(recipe)(selectExamples(from, split.train), 1))
  expect(Buffer.compare(fit(others), fit(examples))).toBe(0)
  // The same change to a row that is trained on does show.
  others.matrix.values[split.train[0] * 5] = 1e9
  expect(Buffer.compare(fit(others), fit(examples))).not.toBe(0)
})

test('every preparation in a row, with categories and gaps, scores raw rows alike after loading', () => {
  const random = createRandom(3)
  const matrix = createMatrix(500, ['octets', 'qtype', 'gaps'])
  const y = new Float64Array(500)
  for (let row = 0; row < 500; row++) {
    const octets = 200 * random()
    const qtype = textCode(['A', 'AAAA', 'TXT', 'NULL'][randomInteger(random, 4)])
    matrix.values.set([octets, qtype, random() < 0.5 ? Number.NaN : random()], 3 * row)
    y[row] = octets > 100 ? 1 : 0
  }
  const model = fitOf({ preparations, categories: ['qtype'], fit: boosting })(createExamples(matrix, y), 1)
  expect(model.steps.map(({ kind }) => kind)).toEqual([
    'frequency-encoding',
    'hash-buckets',
    'clamping',
    'imputation',
    'scaling',
    'scaling',
  ])
  const loaded = decodeModel(fileOf(model)).model as PreparedModel
  expect(scoreRows(loaded, matrix)).toEqual(scoreRows(model, matrix))
  expect(areaUnderRoc(rankScores(scoreRows(model, matrix), y))).toBeGreaterThan(0.99)
})

test('a prepared model scores a raw row as the inner model scores what it was trained on', () => {
  const matrix = matrixOf(
    ['a', 'b'],
    Array.from({ length: 40 }, (_, i) => [i * 100, (i * 7) % 13]),
  )
  const y = Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 1))
  let seen: FeatureMatrix | undefined
  const fit: Fit = (examples, seed) => {
    seen = examples.matrix
    return logistic(examples, seed)
  }
  const model = fitOf({ preparations: [minMax], fit })(createExamples(matrix, y), 1)
  expect(Math.max(...seen!.values)).toBe(1)
  expect(scoreRows(model, matrix)).toEqual(scoreRows(model.inner, seen!))
})

describe('outliers', () => {
  const matrix = matrixOf(
    ['octets', 'ratio'],
    Array.from({ length: 1200 }, (_, i) => [i === 5 ? 1e9 : i, i === 8 ? 1e9 : i % 7]),
  )
  const examples = createExamples(
    matrix,
    Array.from({ length: 1200 }, (_, i) => i % 2),
  )
  const trainedOn = (more: Partial<Recipe>) => {
    let rows: number[] = []
    const fit: Fit = (training, seed) => {
      rows = Array.from({ length: training.matrix.rows }, (_, row) => training.matrix.values[2 * row])
      return logistic(training, seed)
    }
    fitOf({ preparations: [], ...more, fit })(examples, 1)
    return rows
  }

  test('are dropped from training only where that is asked for, and never for their length', () => {
    expect(trainedOn({})).toHaveLength(1200)
    const kept = trainedOn({ dropOutliers: { lengths: ['octets'] } })
    expect(kept).toContain(1e9)
    expect(kept).not.toContain(8)
    expect(() => trainedOn({ dropOutliers: { lengths: ['octet'] } })).toThrow('there is no column octet')
  })
})

describe('labels that say nothing', () => {
  /** The examples with their targets dealt out anew. */
  function shuffled(examples: Examples, seed: number): Examples {
    const random = createRandom(seed)
    const y = examples.y.slice()
    for (let i = y.length - 1; i > 0; i--) {
      const j = randomInteger(random, i + 1)
      ;[y[i], y[j]] = [y[j], y[i]]
    }
    return { ...examples, y }
  }

  /** Mean area on the test rows over ten deals of the targets. */
  function meanArea(examples: Examples, split: Split, recipeFor: (dealt: Examples) => Recipe): number {
    let sum = 0
    for (let seed = 1; seed <= 10; seed++) {
      const dealt = shuffled(examples, seed)
      const test = selectExamples(dealt, split.test)
      const model = fitOf(recipeFor(dealt))(selectExamples(dealt, split.train), seed)
      sum += areaUnderRoc(rankScores(scoreRows(model, test.matrix), test.y))
    }
    return sum / 10
  }

  test('give an area of a half through preparation, selection, rebalancing and fit', () => {
    const examples = planted(14_000, ['strong', 'noiseA', 'middling', 'noiseB', 'weak', 'noiseC'], 1)
    const split = groupedSplit(examples.groups, 0.75, 1)
    expect(split.test.length).toBeGreaterThan(10_000)
    for (const fit of [logistic, boosting]) {
      expect(Math.abs(meanArea(examples, split, () => ({ ...recipe, fit })) - 0.5)).toBeLessThan(0.02)
    }
  })

  test('would give more if columns were chosen before the split', () => {
    const names = Array.from({ length: 300 }, (_, i) => `noise${i}`)
    const examples = planted(400, names, 1)
    const split = groupedSplit(examples.groups, 0.5, 1)
    const ten = { ...selection, selector: anova, count: 10 }
    const chooseBefore = (dealt: Examples): Recipe => {
      const ranking = anova.rank(dealt, { ...ten, fit: logistic, seed: 1 })
      return { ...recipe, selection: { ...ten, selector: { name: 'before', rank: () => ranking } } }
    }
    expect(Math.abs(meanArea(examples, split, () => ({ ...recipe, selection: ten })) - 0.5)).toBeLessThan(0.05)
    expect(meanArea(examples, split, chooseBefore)).toBeGreaterThan(0.6)
  })
})
