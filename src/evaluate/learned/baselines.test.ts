import { expect, it } from 'vitest'
import { createExamples } from '../../learn/examples.ts'
import { matrixOf } from '../../models/matrix.ts'
import { baselines } from './baselines.ts'

// Rows 0 to 5 train, 6 to 9 are judged.
const rows = [[0.1234567], [0.1234567], [0.12345671], [5], [5], [-0], [0.12345671], [0.1234567], [0], [-0]]
const examples = createExamples(matrixOf(['x'], rows), [0, 0, 1, 1, 1, 0, 1, 0, 1, 0])
const [train, test] = [Int32Array.of(0, 1, 2, 3, 4, 5), Int32Array.of(6, 7, 8, 9)]
const noise = Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 0, 0, 0)

it('the bar is what rules reach on the rows that are judged, having looked at the others', () => {
  const found = baselines('here', examples, train, test, noise)
  expect(found.map(({ name, accuracy }) => [name, accuracy])).toEqual([
    ['majority: all attack', 0.5],
    // Told in six digits, drawn at all of them.
    ['one rule: x > 0.123457', 0.75],
    ['reverse look-up, single label or .local', 0.75],
    ['lookup ceiling of these rows', 0.75],
  ])
  expect(found[1]).toMatchObject({ on: 'here', truePositives: 1, falsePositives: 0, recall: 0.5 })
})

it('without training rows only the ceiling is left', () => {
  const found = baselines('here', examples, new Int32Array(), test, undefined)
  expect(found.map(({ name }) => name)).toEqual(['lookup ceiling of these rows'])
})
