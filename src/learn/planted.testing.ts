import { createMatrix } from '../models/matrix.ts'
import { createRandom } from '../stats/random.ts'
import { sigmoid } from '../stats/sigmoid.ts'
import { createExamples, type Examples } from './examples.ts'

/**
 * Rows of a planted truth. `strong`, `middling` and `weak` decide the class; a `...Copy` repeats its column, with a
 * grain of noise or (`Exact`) none; everything else says nothing. Five rows a group.
 */
export function planted(rows: number, names: readonly string[], seed: number): Examples {
  const random = createRandom(seed)
  const matrix = createMatrix(rows, names)
  const y = new Float64Array(rows)
  const groups = new Int32Array(rows)
  for (let row = 0; row < rows; row++) {
    const told: Record<string, number> = { strong: normal(random), middling: normal(random), weak: normal(random) }
    y[row] = random() < sigmoid(3 * told.strong + 1.8 * told.middling - 1.2 * told.weak) ? 1 : 0
    groups[row] = Math.floor(row / 5)
    for (let column = 0; column < names.length; column++) {
      matrix.values[row * names.length + column] = cellOf(names[column], told, random)
    }
  }
  return createExamples(matrix, y, groups)
}

function cellOf(name: string, told: Readonly<Record<string, number>>, random: () => number): number {
  if (name === 'constant') return 3
  const source = told[name.replace(/(Copy|Exact)$/, '')]
  if (source === undefined) return normal(random)
  return name.endsWith('Copy') ? source + 0.05 * normal(random) : source
}

/** Sum of twelve even draws, less six: near enough to a normal one. */
function normal(random: () => number): number {
  let sum = -6
  for (let i = 0; i < 12; i++) sum += random()
  return sum
}

/** Rows of twelve octets, letters and digits: in one class they take turns, in the other the letters come first. */
export function plantedOctets(rows: number, seed: number): Examples {
  const random = createRandom(seed)
  const matrix = createMatrix(
    rows,
    Array.from({ length: 12 }, (_, i) => `o${i}`),
  )
  const y = Float64Array.from({ length: rows }, () => (random() < 0.5 ? 1 : 0))
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < 12; i++) {
      const isDigit = y[row] === 1 ? i % 2 === 1 : i >= 6
      matrix.values[row * 12 + i] = isDigit ? 48 + Math.floor(random() * 10) : 97 + Math.floor(random() * 26)
    }
  }
  return createExamples(matrix, y)
}
