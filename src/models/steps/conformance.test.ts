import { describe, expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { textCode } from '../../stats/text-code.ts'
import { Clamping } from './clamping.ts'
import { FrequencyEncoding } from './frequency-encoding.ts'
import { HashBuckets } from './hash-buckets.ts'
import { Imputation } from './imputation.ts'
import { stepKinds } from './index.ts'
import { Scaling } from './scaling.ts'
import type { Step } from './step.ts'

const names = ['A', 'AAAA', 'TXT'].map(textCode).sort((a, b) => a - b)

/** One of each kind, for rows of three columns; a new line in `index.ts` needs one here. */
const made: Record<string, Step> = {
  scaling: new Scaling(Float64Array.of(5, 0.1, -1e300), Float64Array.of(4, 0.3, 1e-5)),
  clamping: new Clamping(Float64Array.of(0, -1, -Infinity), Float64Array.of(255, 1, 7)),
  imputation: new Imputation(Float64Array.of(12, 0.1, -0)),
  'frequency-encoding': new FrequencyEncoding({
    columns: Int32Array.of(0, 2),
    starts: Int32Array.of(0, 3, 4),
    values: Float64Array.of(...names, 9),
    shares: Float64Array.of(0.1, 0.2, 0.7, 1),
  }),
  'hash-buckets': new HashBuckets(Int32Array.of(1), 16, 7),
}

const random = createRandom(1)
const rows = [
  [Number.NaN, Number.NaN, Number.NaN],
  [Infinity, -Infinity, 1e308],
  [-0, 5e-324, -1e308],
  ...names.map((name) => [name, name, 9]),
  ...Array.from({ length: 50 }, () => [600 * random() - 100, random(), 20 * random()]),
]

function applied(step: Step, row: readonly number[]): number[] {
  const x = Float64Array.of(7, ...row, 7)
  step.apply(x, 1)
  expect([x[0], x[4]]).toEqual([7, 7])
  return [...x.subarray(1, 4)]
}

describe.each(stepKinds.map((kind) => [kind.kind, kind] as const))('%s', (name, kind) => {
  const step = made[name]

  test('is made here', () => {
    expect(step, `add ${name} to the steps of this test`).toBeDefined()
    expect(step.kind).toBe(name)
  })

  test('does the same after saving and loading, to the bit', () => {
    const loaded = kind.load(step.save(), 3)
    expect(rows.map((row) => applied(loaded, row))).toEqual(rows.map((row) => applied(step, row)))
    expect(loaded.save()).toEqual(step.save())
  })

  test('makes no gap where there was none, and fills one only if that is what it is for', () => {
    for (const row of rows) {
      const gaps = row.map((value) => Number.isNaN(value) && name !== 'imputation')
      expect(applied(step, row).map(Number.isNaN)).toEqual(gaps)
    }
  })

  test('survives any damage to its parts with a sentence or as a whole step', () => {
    const saved = step.save()
    for (let round = 0; round < 200; round++) {
      const arrays = Object.fromEntries(Object.entries(saved.arrays).map(([key, array]) => [key, array.slice()]))
      const keys = Object.keys(arrays)
      const key = keys[Math.floor(random() * keys.length)]
      const at = Math.floor(random() * arrays[key].length)
      if (round % 3 === 0) arrays[key] = arrays[key].slice(0, at)
      else arrays[key][at] = [-1, 0, 1, 2 ** 31 - 1, Number.NaN, Infinity, 1e300][Math.floor(random() * 7)]
      let loaded: Step | undefined
      try {
        loaded = kind.load({ ...saved, arrays }, 3)
      } catch (error) {
        expect(error).toMatchObject({ name: 'ModelFileError', message: expect.stringMatching(/^The [^\n]+\.$/) })
      }
      if (loaded) for (const row of rows.slice(0, 8)) expect(applied(loaded, row)).toHaveLength(3)
    }
  })
})

test('what each does', () => {
  expect(applied(made.scaling, [7, 0.1, -1e300])).toEqual([0.5, 0, 0])
  expect(applied(made.clamping, [900, -3, -1e308])).toEqual([255, -1, -1e308])
  expect(applied(made.imputation, [Number.NaN, 3, Number.NaN])).toEqual([12, 3, -0])
  expect(applied(made['frequency-encoding'], [names[1], names[1], 8])).toEqual([0.2, names[1], 0])
  expect(applied(made['hash-buckets'], [5, textCode('TXT'), 6])).toEqual([5, 4, 6])
})

test('hash buckets of another number or seed are refused if they are none', () => {
  const kind = stepKinds.find(({ kind }) => kind === 'hash-buckets')!
  const saved = made['hash-buckets'].save()
  for (const parameters of [{ buckets: 0, seed: 1 }, { buckets: 2 ** 31, seed: 1 }, { buckets: 4 }, { seed: 1 }]) {
    expect(() => kind.load({ ...saved, parameters: { ...parameters } }, 3)).toThrow(/^The model file holds hash/)
  }
})
