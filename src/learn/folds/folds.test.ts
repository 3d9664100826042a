import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMatrix, matrixOf } from '../../models/matrix.ts'
import { createExamples, selectExamples } from '../examples.ts'
import { duplicateGroups, groupKeys, joinGroups } from './group-keys.ts'
import { hashedFolds, stratifiedFolds } from './grouped-folds.ts'
import { assertGroupsApart, groupedSplit, randomSplit, SplitError, splitOfFold } from './split.ts'

/** Rows of few values in few groups: plenty of copies across groups. */
const rows = fc.array(
  fc.record({
    group: fc.integer({ min: 0, max: 30 }),
    values: fc.tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom(0, -0, Number.NaN, 1)),
    y: fc.constantFrom(0, 1),
  }),
  { minLength: 2, maxLength: 80 },
)
type Rows = { group: number; values: [number, number]; y: number }[]

function examplesOf(made: Rows) {
  const matrix = matrixOf(
    ['a', 'b'],
    made.map(({ values }) => values),
  )
  const groups = made.map(({ group }) => `g${group}`)
  return createExamples(
    matrix,
    made.map(({ y }) => y),
    groups,
  )
}

/** Whether rows of one group, or copies of one row, have different parts. */
function torn(made: Rows, partOf: (row: number) => number): boolean {
  const part = new Map<string, number>()
  return made.some(({ group, values }, row) =>
    [`group ${group}`, `row ${values.map((value) => value + 0)}`].some((name) => {
      const before = part.get(name) ?? partOf(row)
      part.set(name, before)
      return before !== partOf(row)
    }),
  )
}

describe('no group and no copy of a row stands on two sides', () => {
  test('of hashed folds', () => {
    fc.assert(
      fc.property(rows, fc.integer(), (made, seed) => {
        const folds = hashedFolds(examplesOf(made).groups, 4, seed)
        expect(torn(made, (row) => folds[row])).toBe(false)
      }),
    )
  })

  test('of stratified folds', () => {
    fc.assert(
      fc.property(rows, fc.integer(), (made, seed) => {
        const { groups, y } = examplesOf(made)
        fc.pre(new Set(groups).size >= 2)
        const folds = stratifiedFolds(groups, y, 2, seed)
        expect(torn(made, (row) => folds[row])).toBe(false)
      }),
    )
  })

  test('of a grouped split, while a split by rows tears them', () => {
    const made: Rows = Array.from({ length: 200 }, (_, i) => ({ group: i % 50, values: [i % 100, 1], y: i % 2 }))
    const sideOf = ({ test }: { test: Int32Array }) => {
      const inTest = new Set(test)
      return (row: number) => Number(inTest.has(row))
    }
    for (let seed = 0; seed < 20; seed++) {
      expect(torn(made, sideOf(groupedSplit(examplesOf(made).groups, 0.4, seed)))).toBe(false)
    }
    expect(torn(made, sideOf(randomSplit(200, 0.4, 1)))).toBe(true)
  })
})

test('the order of rows moves no group', () => {
  fc.assert(
    fc.property(rows, fc.integer(), (made, seed) => {
      const turned = made.toReversed()
      const [there, back] = [examplesOf(made), examplesOf(turned)]
      expect(Array.from(back.groups).reverse()).toEqual(Array.from(there.groups))
      expect([...hashedFolds(back.groups, 3, seed)].reverse()).toEqual([...hashedFolds(there.groups, 3, seed)])
      fc.pre(new Set(there.groups).size >= 2)
      const folds = [there, back].map(({ groups, y }) => [...stratifiedFolds(groups, y, 2, seed)])
      expect(folds[1].reverse()).toEqual(folds[0])
    }),
  )
})

describe('keys', () => {
  test('groups that share a copy are one, through any number of others', () => {
    const joined = joinGroups(groupKeys([1, 1, 2, 2, 3, 4]), groupKeys(['x', 'y', 'y', 'z', 'z', 'w']))
    expect([...joined]).toEqual([1, 1, 1, 1, 1, 4])
  })

  test('rows are copies by what they hold', () => {
    const [a, b, c, d] = duplicateGroups(
      matrixOf(
        ['a', 'b'],
        [
          [0, Number.NaN],
          [-0, Number.NaN],
          [Number.NaN, 0],
          [0, 1],
        ],
      ),
    )
    expect(a).toBe(b)
    expect(new Set([a, c, d]).size).toBe(3)
  })

  test('a row without a group is refused', () => {
    expect(() => groupKeys([1, Number.NaN])).toThrow('row 1 has no group')
    expect(() => createExamples(createMatrix(2, ['a']), [0, 1], ['a'])).toThrow('1 groups for 2 rows')
  })
})

describe('folds and splits', () => {
  test('other groups do not move one that is hashed', () => {
    const few = hashedFolds(groupKeys(['a', 'b', 'c']), 5, 1)
    const more = hashedFolds(groupKeys(['z', 'a', 'b', 'y', 'c']), 5, 1)
    expect([more[1], more[2], more[4]]).toEqual([...few])
  })

  test('hashing fills folds evenly where groups are many, and the seed deals anew', () => {
    const keys = groupKeys(Array.from({ length: 10_000 }, (_, i) => i))
    const counts = new Array<number>(5).fill(0)
    const [one, two] = [hashedFolds(keys, 5, 1), hashedFolds(keys, 5, 2)]
    for (const fold of one) counts[fold]++
    expect(Math.min(...counts)).toBeGreaterThan(1850)
    expect(Math.max(...counts)).toBeLessThan(2150)
    const same = one.filter((fold, i) => fold === two[i]).length
    expect(same / 10_000).toBeCloseTo(0.2, 1)
    expect(groupedSplit(keys, 0.25, 1).test.length / 10_000).toBeCloseTo(0.25, 1)
  })

  test('stratified folds share out the rarer class, though groups differ in size', () => {
    // Twenty negative groups of 100 and ten positive ones of 1 to 10 rows.
    const groups = [
      ...Array.from({ length: 2000 }, (_, i) => `benign ${i % 20}`),
      ...Array.from({ length: 10 }, (_, i) => new Array<string>(i + 1).fill(`tool ${i}`)).flat(),
    ]
    const y = groups.map((group) => (group.startsWith('tool') ? 1 : 0))
    const folds = stratifiedFolds(groupKeys(groups), y, 5, 1)
    for (let fold = 0; fold < 5; fold++) {
      const { test } = splitOfFold(folds, fold)
      const positives = test.reduce((sum, row) => sum + y[row], 0)
      expect(positives).toBe(11)
      expect(test.length - positives).toBe(400)
    }
  })

  test('fewer groups than folds is one sentence', () => {
    expect(() => stratifiedFolds(groupKeys(['a', 'a', 'b']), [0, 1, 1], 3, 1)).toThrow(
      new SplitError('There are 2 groups of rows, too few for 3 folds; take fewer folds or finer groups.'),
    )
    expect(() => groupedSplit(groupKeys(['a', 'a']), 0.5, 1)).toThrow(/^No group fell to the (test|training) part/)
  })

  test('a given split with a group on both sides is one sentence', () => {
    const split = { train: Int32Array.of(0, 1), test: Int32Array.of(2) }
    expect(() => assertGroupsApart(split, ['a', 'b', 'c'])).not.toThrow()
    expect(() => assertGroupsApart(split, ['a', 'b', 'b'])).toThrow(
      new SplitError('The group "b" has rows on both sides of the split; put it on one side.'),
    )
  })

  test('a split by rows takes the share it was told, each row once', () => {
    const { train, test } = randomSplit(1000, 0.3, 7)
    expect(test.length).toBe(300)
    expect([...train, ...test].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i))
    expect(randomSplit(1000, 0.3, 7)).toEqual({ train, test })
    expect(randomSplit(1000, 0.3, 8).test).not.toEqual(test)
  })
})

test('examples are picked with all that belongs to them', () => {
  const matrix = matrixOf(['a'], [[1], [2], [3]])
  const picked = selectExamples(createExamples(matrix, [0, 1, 0], [7, 8, 9], [1, 2, 3]), [2, 0, 2])
  expect([picked.matrix.values, picked.y, picked.groups, picked.weights].map((part) => [...part!])).toEqual([
    [3, 1, 3],
    [0, 0, 0],
    [9, 7, 9],
    [3, 1, 3],
  ])
})
