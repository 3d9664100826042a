import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DataSet } from '../data-set.ts'
import { DataSetBuilder } from '../data-set-builder.ts'
import { reportColumn } from './column-report.ts'
import { groupRows } from './group-rows.ts'
import { inspect } from './inspect.ts'
import { lookup } from './lookup.ts'

interface Made {
  x: readonly number[]
  attack: boolean
  text?: string
  group?: string
  network?: string
  timeMs?: number
  noise?: boolean
}

function tableOf(rows: readonly Made[], columns = 1): DataSet {
  const features = Array.from({ length: columns }, (_, i) => ({ name: `f${i}`, unit: 'octets' }))
  const builder = new DataSetBuilder('names', features, ['word'])
  for (const { x, attack, text = '', group = '', network = '', timeMs = Number.NaN, noise = false } of rows) {
    builder.row.set(x)
    builder.texts[0] = text
    Object.assign(builder.facts, { attack, group, network, timeMs, noise, tool: attack ? 'iodine' : 'benign' })
    builder.add()
  }
  return builder.build()
}

describe('groupRows', () => {
  it('is exact: as many keys as distinct rows, and equal keys for equal rows only', () => {
    const value = fc.constantFrom(0, -0, 1, 2, Number.NaN, 0.1)
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, fc.constantFrom('', 'a')), { maxLength: 60 }), (rows) => {
        const set = tableOf(
          rows.map(([a, b, text]) => ({ x: [a, b], attack: false, text })),
          2,
        )
        const texts = rows.map(([a, b, text]) => `${a + 0} ${b + 0} ${text}`)
        const { keyOf, keys } = groupRows(set, { texts: true, time: false, label: false })
        expect(keys).toBe(new Set(texts).size)
        expect([...keyOf]).toEqual(texts.map((text) => [...new Set(texts)].indexOf(text)))
      }),
    )
  })

  it('tells rows apart by time, text and label where it is told to', () => {
    const set = tableOf([
      { x: [1], attack: true, text: 'a', timeMs: 1 },
      { x: [1], attack: true, text: 'a', timeMs: 2 },
      { x: [1], attack: false, text: 'a', timeMs: 2 },
      { x: [1], attack: false, text: 'b', timeMs: 2 },
    ])
    const keys = (texts: boolean, time: boolean, label: boolean) => groupRows(set, { texts, time, label }).keys
    expect([keys(false, false, false), keys(true, false, false), keys(true, true, false)]).toEqual([1, 2, 3])
    expect([keys(true, false, true), keys(true, true, true)]).toEqual([3, 4])
  })
})

it('a lookup is right as often as the larger class of each feature row', () => {
  const rows = [
    ...Array.from({ length: 6 }, (_, i) => ({ x: [1], attack: i < 4 })),
    ...Array.from({ length: 3 }, () => ({ x: [2], attack: false })),
    { x: [3], attack: true },
  ]
  const found = lookup(tableOf(rows), false)
  expect(found.result).toMatchObject({ accuracy: 0.8, truePositives: 5, falsePositives: 2 })
  expect(found).toMatchObject({ benignKeys: 1, attackKeys: 1, bothKeys: 1, conflictingRows: 6, uniqueRows: 1 })
})

describe('reportColumn', () => {
  it('has the area and the threshold that trying everything finds', () => {
    const value = fc.constantFrom(0, 1, 2, 3, 4, Number.NaN)
    fc.assert(
      fc.property(fc.array(fc.tuple(value, fc.boolean()), { minLength: 1, maxLength: 40 }), (rows) => {
        const values = rows.map(([x]) => x)
        const y = Uint8Array.from(rows, ([, attack]) => (attack ? 1 : 0))
        const { auc, best, missing } = reportColumn('x', 'octets', values, y)
        const present = rows.filter(([x]) => !Number.isNaN(x))
        const pairs = present.flatMap(([a, attack]) =>
          attack ? present.filter(([, o]) => !o).map(([b]) => [a, b]) : [],
        )
        const wins = pairs.reduce((sum, [a, b]) => sum + (a > b ? 1 : a === b ? 0.5 : 0), 0)
        if (pairs.length === 0) expect(auc).toBeNaN()
        else expect(auc).toBeCloseTo(wins / pairs.length, 12)
        expect(missing).toBe(rows.length - present.length)
        const accuracies = [0, 1, 2, 3, 4].flatMap((t) => [
          rows.filter(([x, attack]) => x > t === attack).length,
          rows.filter(([x, attack]) => x <= t === attack).length,
        ])
        expect(best.accuracy * rows.length).toBeCloseTo(Math.max(...accuracies, rows.filter(([, o]) => !o).length), 9)
      }),
    )
  })

  it('says which threshold', () => {
    const report = reportColumn('special', 'octets', [1, 2, 4, 5, 3], Uint8Array.of(0, 0, 1, 1, 0))
    expect(report).toMatchObject({ auc: 1, constant: false, best: { rule: 'special > 3', accuracy: 1, f1: 1 } })
    expect(reportColumn('x', 'octets', [7, 7], Uint8Array.of(0, 1))).toMatchObject({ constant: true, auc: 0.5 })
  })
})

describe('inspect', () => {
  const warned = (rows: readonly Made[]) => inspect(tableOf(rows)).warnings.join('\n')
  const many = (count: number, made: (i: number) => Made) => Array.from({ length: count }, (_, i) => made(i))

  it('warns of a label that features cannot tell', () => {
    const text = warned(many(100, (i) => ({ x: [i % 5], attack: i % 2 === 0, timeMs: i })))
    expect(text).toContain('label not learnable above 0.50: 100.0 % of rows have features that occur with both labels')
  })

  it('warns of a ceiling that bounds nothing, and of one threshold that does it all', () => {
    const text = warned(many(100, (i) => ({ x: [i], attack: i >= 50 })))
    expect(text).toContain('the ceiling bounds nothing here: 100.0 % of rows occur once')
    expect(text).toContain('one threshold does it: f0 > 49 reaches 1.0000')
    expect(text).toContain('row order tells the classes apart (AUC 1.000)')
  })

  it('warns of a label that means background noise', () => {
    const text = warned(many(100, (i) => ({ x: [i % 2], attack: i % 2 === 0, noise: i % 2 === 0 })))
    expect(text).toContain('the label means background noise')
  })

  it('warns of duplicates, of one tool, and of networks that hold one class each', () => {
    const text = warned(many(100, (i) => ({ x: [i % 9], attack: i % 2 === 0, network: i % 2 === 0 ? 'lab' : 'home' })))
    expect(text).toContain('82.0 % of rows are exact duplicates')
    expect(text).toContain('one tool only (iodine)')
    expect(text).toContain('no network holds both classes')
  })

  it('warns of constant and missing columns, and of one class', () => {
    expect(
      warned([
        { x: [1], attack: true },
        { x: [1], attack: false },
      ]),
    ).toContain('constant: f0')
    expect(
      warned([
        { x: [Number.NaN], attack: true },
        { x: [1], attack: false },
      ]),
    ).toContain('missing values: f0')
    expect(warned([{ x: [1], attack: true }])).toBe('rows of one class only: nothing can be learned')
    expect(warned([])).toBe('no rows with a label')
  })
})
