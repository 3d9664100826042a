import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { type ByteLanguageModel, END, nextContext, SYMBOLS } from './byte-language-model.ts'
import { encodeModel } from './model-file.ts'
import { ByteLanguageModelTrainer } from './train-byte-language-model.ts'

const words = [
  'www',
  'mail',
  'shop',
  'static',
  'img',
  'api',
  'dev',
  'test',
  'cdn',
  'ns',
  'ftp',
  'auth',
  'login',
  'edge',
]

/** Names as people make them: words, numbers, hyphens, dots. */
function names(count: number, seed: number): string[] {
  const random = createRandom(seed)
  const pick = () => words[Math.floor(random() ** 2 * words.length)]
  return Array.from({ length: count }, () => {
    const number = random() < 0.4 ? String(Math.floor(random() * 30)) : ''
    const second = random() < 0.3 ? `${random() < 0.5 ? '-' : '.'}${pick()}` : ''
    return pick() + number + second
  })
}

function trained(strings: readonly string[], options = {}, weight = 1): ByteLanguageModel {
  const trainer = new ByteLanguageModelTrainer()
  for (const string of strings) trainer.add(Buffer.from(string), weight)
  return trainer.build(options)
}

function bits(model: ByteLanguageModel, string: string | Uint8Array): number {
  const bytes = Buffer.from(string)
  return model.bits(bytes, 0, bytes.length)
}

function sumOver(model: ByteLanguageModel, context: number): number {
  let sum = 0
  for (let symbol = 0; symbol < SYMBOLS; symbol++) sum += 2 ** -model.bitsOfSymbol(context, symbol)
  return sum
}

function packed(octets: ArrayLike<number>): number {
  return Array.from(octets).reduce(nextContext, 0)
}

const raw = new ByteLanguageModelTrainer()
{
  const random = createRandom(6)
  for (const name of names(500, 1)) raw.add(Buffer.from(name), 1 + Math.floor(random() * 5))
  for (let i = 0; i < 300; i++)
    raw.add(
      Uint8Array.from({ length: 20 }, () => random() * 256),
      random() * 3,
    )
}

test.each([
  ['names', trained(names(3000, 1))],
  ['nothing', trained([])],
  ['one name, heavy', trained(['www'], {}, 1e9)],
  ['light weights', trained(names(200, 2), {}, 0.01)],
  ['raw octets', raw.build()],
  ['pruned pairs', raw.build({ pairsMax: 200 })],
  ['pruned contexts', raw.build({ contextWeightMin: 3, contextsMax: 100 })],
  ['no order 3', raw.build({ pairsMax: 0 })],
])('trained on %s it is a proper code in every context', (_, model) => {
  const random = createRandom(5)
  const seen = names(100, 1).map((name) => packed(Buffer.from(name.slice(0, 1 + random() * name.length))))
  const any = Array.from({ length: 300 }, () => Math.floor(random() * 2 ** 24))
  for (const context of [0, ...seen, ...any]) {
    const sum = sumOver(model, context)
    expect(sum).toBeLessThanOrEqual(1 + 1e-12)
    expect(sum).toBeGreaterThan(0.998)
  }
})

test('one name by hand', () => {
  const model = trained(['a'])
  // Order 0 saw a and END once each: (1 + 2/257) / 4 for both, and 2/257/4 for others.
  const p0 = (1 + 2 / 257) / 4
  // Orders 1 to 3 saw one kind once after nothing: (1 + p) / 2 each.
  const p3 = (1 + (1 + (1 + p0) / 2) / 2) / 2
  expect(model.bitsOfSymbol(0, 97)).toBeCloseTo(-Math.log2(p3), 2)
  expect(model.bitsOfSymbol(packed([97]), END)).toBeCloseTo(-Math.log2(p3), 2)
  expect(model.bitsOfSymbol(0, 98)).toBeCloseTo(3 + Math.log2((257 * 4) / 2), 2)
  expect(model.bitsOfSymbol(packed([1, 2, 3]), 98)).toBeCloseTo(Math.log2((257 * 4) / 2), 2)
})

test('the example of the class', () => {
  const model = trained(['www'], {}, 100)
  expect([bits(model, 'www'), bits(model, 'xyz')]).toEqual([0.017578125, 68.95703125])
})

test('names are cheap, payloads dear, and label by label costs the same', () => {
  const model = trained(names(3000, 1))
  const held = names(500, 9)
  const perOctet = held.reduce((sum, name) => sum + bits(model, name), 0) / held.join('').length
  expect(perOctet).toBeLessThan(2)
  expect(bits(model, 'mzxw6ytboi2gk3tu') / 16).toBeGreaterThan(8)
  for (const name of held) {
    let [context, total] = [0, 0]
    for (const octet of Buffer.from(name)) {
      total += model.bitsOfSymbol(context, octet)
      context = nextContext(context, octet)
    }
    expect(total + model.bitsOfSymbol(context, END)).toBe(bits(model, name))
  }
  const arena = Buffer.from(`xx${held[0]}yy`)
  expect(model.bits(arena, 2, arena.length - 2)).toBe(bits(model, held[0]))
  expect(bits(model, '')).toBe(model.bitsOfSymbol(0, END))
})

test('pruning costs little and shrinks the file; order of training does not matter', () => {
  const list = names(3000, 1)
  const [whole, pruned] = [trained(list), trained(list, { pairsMax: 150 })]
  const size = (model: ByteLanguageModel) =>
    encodeModel({ model, features: [], thresholds: [], manifestHash: '', seed: 1, metrics: {} })
  expect(pruned.contexts).toBeLessThan(whole.contexts)
  expect(size(pruned).length).toBeLessThan(size(whole).length)
  const cost = (model: ByteLanguageModel) => list.reduce((sum, name) => sum + bits(model, name), 0)
  expect(cost(pruned)).toBeGreaterThan(cost(whole))
  expect(cost(pruned) / cost(whole)).toBeLessThan(1.2)
  expect(Buffer.compare(size(trained(list.toReversed())), size(whole))).toBe(0)
})
