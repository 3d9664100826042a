import { expect, it } from 'vitest'
import { groupKeys } from './group-keys.ts'
import { stratifiedFolds } from './grouped-folds.ts'
import { trainingFolds } from './training-folds.ts'

const rows = (groups: string[], y: number[]) => ({ groups: groupKeys(groups), y: Float64Array.from(y) })

it('are stratified folds, where each leaves both classes to train on', () => {
  const { groups, y } = rows(['a', 'b', 'c', 'd'], [1, 0, 1, 0])
  expect(trainingFolds({ groups, y }, 2, 1)).toEqual(stratifiedFolds(groups, y, 2, 1))
})

it.each([
  ['attack rows of one group', ['a', 'a', 'b', 'c'], [1, 1, 0, 0], 'class 1 (1 is attack)'],
  ['benign rows of one group', ['a', 'b', 'c', 'c'], [1, 1, 0, 0], 'class 0'],
  ['no attack row', ['a', 'b', 'c', 'd'], [0, 0, 0, 0], 'class 1'],
])('refuse %s in one sentence', (_, groups, y, which) => {
  expect(() => trainingFolds(rows(groups, y), 2, 1)).toThrow(
    expect.objectContaining({
      name: 'SplitError',
      message: expect.stringMatching(/^[^\n]+: name rows of more groups/),
    }),
  )
  expect(() => trainingFolds(rows(groups, y), 2, 1)).toThrow(which)
})
