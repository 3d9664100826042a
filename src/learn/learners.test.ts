import { describe, expect, test } from 'vitest'
import { encodeModel } from '../models/model-file.ts'
import { selectExamples } from './examples.ts'
import { scoreRows } from './fit.ts'
import { groupedSplit } from './folds/split.ts'
import { learners } from './learners.ts'
import { rocAuc } from './metric.ts'
import { planted, plantedOctets } from './planted.testing.ts'
import { gridOf } from './tuning/space.ts'

const NAMES = ['strong', 'noise', 'middling', 'weak']
const columns = planted(1200, NAMES, 1)
/** A net passes over its rows twenty times, so it is given fewer. */
const fewer = planted(500, NAMES, 1)
const octets = plantedOctets(200, 1)
/** What is planted, as each learner reads rows: some read octets one after the other. */
const PLANTED: Readonly<Record<string, typeof columns>> = {
  dense: fewer,
  autoencoder: fewer,
  lstm: octets,
  markov: octets,
}
const plantedFor = (name: string) => PLANTED[name] ?? columns

describe.each(learners.map((learner) => [learner.name, learner] as const))('%s', (_, learner) => {
  const examples = plantedFor(learner.name)
  const split = groupedSplit(examples.groups, 0.3, 1)
  const [training, held] = [split.train, split.test].map((rows) => selectExamples(examples, rows))
  const model = learner.fit()(training, 1)
  const bytesOf = (of: typeof model) => {
    const features = of.featureNames.map((name) => ({ name, unit: 'ratio' }))
    return encodeModel({ model: of, features, thresholds: [], manifestHash: '', seed: 1, metrics: {} })
  }

  test('learns what was planted, with its defaults and anywhere in its space', () => {
    expect(rocAuc.measure(scoreRows(model, held.matrix), held.y)).toBeGreaterThan(0.85)
    for (const parameters of gridOf(learner.space, 2)) {
      const scorer = learner.fit(parameters)(training, 1)
      expect(rocAuc.measure(scoreRows(scorer, held.matrix), held.y), JSON.stringify(parameters)).toBeGreaterThan(0.8)
    }
  })

  test('gives the same model for the same seed', () => {
    expect(Buffer.compare(bytesOf(learner.fit()(training, 1)), bytesOf(model))).toBe(0)
  })

  test('looks only for parameters it has', () => {
    expect(Object.keys(learner.defaults)).toEqual(expect.arrayContaining(Object.keys(learner.space)))
  })

  test('hears the weights: positives that weigh nothing are not there', () => {
    const weights = training.y.map((target) => 1 - target)
    const weighed = learner.fit()({ ...training, weights }, 1)
    const mean = (margins: Float64Array) => margins.reduce((sum, margin) => sum + margin, 0) / margins.length
    expect(mean(scoreRows(weighed, held.matrix))).toBeLessThan(mean(scoreRows(model, held.matrix)) - 1)
  })
})
