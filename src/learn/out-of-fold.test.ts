import { expect, it } from 'vitest'
import type { Examples } from './examples.ts'
import type { Fit } from './fit.ts'
import { stratifiedFolds } from './folds/grouped-folds.ts'
import { learners } from './learners.ts'
import { outOfFold } from './out-of-fold.ts'
import { planted } from './planted.testing.ts'

const examples = planted(400, ['strong', 'noise'], 1)
const folds = stratifiedFolds(examples.groups, examples.y, 5, 1)
const [logistic] = learners

it('scores every row by the model that was fitted without its fold, and by no other', () => {
  const parts: Examples[] = []
  const fit: Fit = (training, seed) => {
    parts.push(training)
    return logistic.fit()(training, seed)
  }
  const margins = outOfFold(examples, fit, folds, 1)
  expect(parts).toHaveLength(5)
  const models = parts.map((part) => logistic.fit()(part, 1))
  margins.forEach((margin, row) => {
    expect(margin).toBe(models[folds[row]].scoreOne(examples.matrix.values, 2 * row))
    expect(new Set(parts[folds[row]].groups)).not.toContain(examples.groups[row])
  })
})

it('passes over a fold without rows', () => {
  const margins = outOfFold(
    examples,
    logistic.fit(),
    folds.map((fold) => fold * 2),
    1,
  )
  expect(margins).toEqual(outOfFold(examples, logistic.fit(), folds, 1))
})
