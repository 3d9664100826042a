import { expect, it } from 'vitest'
import { createExamples } from '../../learn/examples.ts'
import { matrixOf } from '../../models/matrix.ts'
import { distributions } from './distributions.ts'

it('shares of known values sum to one in each class, over edges that an absurd value does not move', () => {
  const values = Array.from({ length: 1000 }, (_, row) => [row === 999 ? 1e9 : row === 0 ? Number.NaN : row % 50, 3])
  const examples = createExamples(
    matrixOf(['x', 'same'], values),
    values.map((_, row) => (row % 4 === 0 ? 1 : 0)),
  )
  const features = ['x', 'same'].map((name) => ({ name, unit: 'octets' }))
  const [x, same] = distributions(examples, Int32Array.from(values.keys()), features)
  expect([x.feature, x.unit, x.edges.length]).toEqual(['x', 'octets', 25])
  expect(x.edges[24]).toBe(49)
  for (const { benign, attack } of [x, same]) {
    for (const shares of [benign, attack]) expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(1, 12)
  }
  const [none] = distributions(examples, new Int32Array(), features)
  expect([none.benign, none.attack].flat().every((share) => share === 0)).toBe(true)
})
