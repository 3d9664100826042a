import { describe, expect, test } from 'vitest'
import { createMatrix, selectRows } from '../../models/matrix.ts'
import { stepKinds } from '../../models/steps/index.ts'
import { createRandom } from '../../stats/random.ts'
import { textCode } from '../../stats/text-code.ts'
import { preparations } from './index.ts'
import { prepare } from './prepare.ts'

const context = { categories: Int32Array.of(3), seed: 5 }
const random = createRandom(1)
const matrix = createMatrix(400, ['wide', 'constant', 'gaps', 'qtype', 'unknown', 'odd'])
for (let i = 0; i < matrix.rows; i++) {
  const gap = random() < 0.3 ? Number.NaN : random()
  const odd = [Infinity, -Infinity, 1e300, -1e300, Number.NaN][i % 5]
  const qtype = textCode(['A', 'A', 'AAAA', 'TXT'][i % 4])
  matrix.values.set([1000 * random(), 0.1, gap, qtype, Number.NaN, odd], i * 6)
}

describe.each(preparations.map((preparation) => [preparation.name, preparation] as const))('%s', (_, preparation) => {
  const step = preparation.fit(matrix, context)

  test('leaves the rows it learns from alone', () => {
    const copy = matrix.values.slice()
    preparation.fit(matrix, context)
    expect(matrix.values).toEqual(copy)
  })

  test('learns the same to the bit from rows in another order', () => {
    const turned = Array.from({ length: matrix.rows }, (_, i) => matrix.rows - 1 - i)
    expect(preparation.fit(selectRows(matrix, turned), context).save()).toEqual(step.save())
  })

  test('makes a step that its file gives back to the bit', () => {
    const kind = stepKinds.find(({ kind }) => kind === step.kind)!
    const loaded = kind.load(step.save(), matrix.columns)
    const [here, there] = [matrix.values.slice(), matrix.values.slice()]
    for (let row = 0; row < matrix.rows; row++) {
      step.apply(here, row * matrix.columns)
      loaded.apply(there, row * matrix.columns)
    }
    expect(there).toEqual(here)
  })

  test('turns no finite value into a gap or an infinity', () => {
    const after = prepare(matrix, [preparation], context).matrix.values
    matrix.values.forEach((value, i) => {
      if (Number.isFinite(value)) expect(after[i]).toSatisfy(Number.isFinite)
    })
  })
})
