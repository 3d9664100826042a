import { describe, expect, it } from 'vitest'
import { armFeatures } from '../features/query/index.ts'
import { textCode } from '../stats/text-code.ts'
import { DataSetBuilder } from './data-set-builder.ts'
import { plantedSet } from './planted-set.testing.ts'
import { examplesOf, rowsWhere, tableOf } from './table.ts'

/** Exchanges of which every third has no answer. */
function queries() {
  const features = armFeatures('answers')
  const builder = new DataSetBuilder('queries', features)
  const [names, width] = [armFeatures('names').length, features.length]
  for (let row = 0; row < 9; row++) {
    builder.row.fill(row)
    if (row % 3 === 0) builder.row.fill(Number.NaN, names, width)
    Object.assign(builder.facts, { attack: row % 2 === 0, group: `g${row}`, network: 'n', tool: 't', split: 'train' })
    builder.add()
  }
  return builder.build()
}

describe('a table', () => {
  it('of the answers arm holds the rows that were answered, of the names arm all, without columns of answers', () => {
    const answers = tableOf(queries(), { arm: 'answers', texts: false })
    expect(answers.group).toEqual(['g1', 'g2', 'g4', 'g5', 'g7', 'g8'])
    expect(answers.matrix.names).toEqual(armFeatures('answers').map(({ name }) => name))
    expect(answers.matrix.values.every((value) => !Number.isNaN(value))).toBe(true)
    const names = tableOf(queries(), { arm: 'names', texts: false })
    expect(names.y).toEqual(Uint8Array.of(1, 0, 1, 0, 1, 0, 1, 0, 1))
    expect(names.features).toEqual([...armFeatures('names')])
    const columns = names.matrix.columns
    expect([...names.matrix.values]).toEqual(Array.from({ length: 9 * columns }, (_, i) => Math.floor(i / columns)))
  })

  it('holds texts as codes where they are asked for, behind the numbers', () => {
    const set = plantedSet({ rows: 10 })
    expect(tableOf(set, { arm: 'answers', texts: false })).toMatchObject({ categories: [], matrix: set.matrix })
    const { matrix, features, categories } = tableOf(set, { arm: 'answers', texts: true })
    expect([categories, features[2]]).toEqual([['word'], { name: 'word', unit: 'text' }])
    for (let row = 0; row < 10; row++) {
      expect([...matrix.values.subarray(3 * row, 3 * row + 3)]).toEqual([
        ...set.matrix.values.subarray(2 * row, 2 * row + 2),
        textCode(`word${row % 3}`),
      ])
    }
  })

  it('gives examples whose groups are the data’s, joined with copies of rows', () => {
    const set = plantedSet({ rows: 20 })
    const copied = { ...set, matrix: { ...set.matrix, values: set.matrix.values.slice() } }
    // The first row of the last group is a copy of the first row of all.
    copied.matrix.values.copyWithin(2 * 15, 0, 2)
    const keys = (from: typeof set) => [...examplesOf(tableOf(from, { arm: 'answers', texts: false })).groups]
    expect(new Set(keys(set)).size).toBe(4)
    expect(new Set(keys(copied)).size).toBe(3)
    expect(keys(copied)[0]).toBe(keys(copied)[19])
  })

  it('says which rows something holds for', () => {
    const table = tableOf(plantedSet({ rows: 15 }), { arm: 'answers', texts: false })
    expect([...rowsWhere(table, (row) => table.network[row] === 'work')]).toEqual([5, 6, 7, 8, 9])
  })
})
