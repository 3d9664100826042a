import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { scriptFiller, wasmFiller } from './histogram-filler.ts'
import { createMatrix } from './matrix.ts'
import { binMatrix } from './quantile-bins.ts'

test.each([
  ['narrow bins', 500, 3, 64],
  ['wide bins', 3000, 2, 1000],
  ['one column', 70, 1, 8],
  ['many columns', 100, 300, 200],
  ['one row', 1, 5, 4],
])('WebAssembly and JavaScript give the same bits: %s', (_, rows, columns, binsMax) => {
  const random = createRandom(1)
  const matrix = createMatrix(
    rows,
    Array.from({ length: columns }, (_, i) => `c${i}`),
  )
  for (let i = 0; i < matrix.values.length; i++) matrix.values[i] = random() < 0.1 ? Number.NaN : random()
  const binned = binMatrix(matrix, binsMax)
  const script = scriptFiller(binned)
  const wasm = wasmFiller(binned)!
  expect(wasm, 'this engine has WebAssembly').toBeDefined()
  for (let i = 0; i < 2 * rows; i++) wasm.pairs[i] = script.pairs[i] = random() - 0.5
  for (let i = 0; i < rows; i++) wasm.order[i] = script.order[i] = Math.floor(random() * rows)
  const [a, b] = [0, 1].map(() => new Float64Array(2 * binned.firstBin[columns]).fill(Number.NaN))
  for (let round = 0; round < 20; round++) {
    const begin = Math.floor(random() * rows)
    const end = round === 0 ? begin : begin + Math.floor(random() * (rows - begin + 1))
    script.fill(a, begin, end)
    wasm.fill(b, begin, end)
    expect(Buffer.compare(Buffer.from(a.buffer), Buffer.from(b.buffer))).toBe(0)
  }
  expect(a.every(Number.isFinite)).toBe(true)
})

test('what does not fit into the memory of WebAssembly is left to JavaScript', () => {
  const firstBin = Int32Array.from({ length: 1001 }, (_, i) => 4 * i)
  const huge = { rows: 5_000_000, columns: 1000, bins: new Uint16Array(0), firstBin, cuts: [] }
  expect(wasmFiller(huge)).toBeUndefined()
})
