import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom, randomInteger } from '../stats/random.ts'
import { AdaptiveCode } from './adaptive-code.ts'

const HEX = '0123456789abcdef'
const text = fc.stringMatching(/^[a-f0-9.-]{0,30}$/)

function bytesOf(value: string): Uint8Array {
  return Buffer.from(value, 'latin1')
}

/** A code that has learned these strings. */
function taught(strings: readonly string[]): AdaptiveCode {
  const code = new AdaptiveCode()
  for (const value of strings) code.code(bytesOf(value), 0, value.length)
  return code
}

/** Bits of a string by a fresh copy of what these strings teach. */
function bitsAfter(strings: readonly string[], value: string): number {
  return taught(strings).code(bytesOf(value), 0, value.length)
}

function randomHex(random: () => number, length: number): string {
  return Array.from({ length }, () => HEX[randomInteger(random, 16)]).join('')
}

/** The same code with counts in maps, by text: what the table must not change by a bit, full or not. */
class PlainCode {
  private readonly contexts = new Map<string, Map<number, number>>()
  private used = 0

  code(bytes: Uint8Array): number {
    let product = 1
    let bits = 0
    const before = [256, 256]
    for (const symbol of [...bytes, 256]) {
      const room = this.used + 6 <= 3072
      let p = 1 / 257
      for (const context of ['', `${before[0]}`, `${before[0]} ${before[1]}`]) p = this.step(context, symbol, p, room)
      product *= p
      if (product < 1e-200) {
        bits -= Math.log2(product)
        product = 1
      }
      before.unshift(symbol)
    }
    return bits - Math.log2(product)
  }

  private step(context: string, symbol: number, lower: number, room: boolean): number {
    const counts = this.contexts.get(context) ?? new Map<number, number>()
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
    const count = counts.get(symbol) ?? 0
    const p = total === 0 ? lower : (count + counts.size * lower) / (total + counts.size)
    if (count === 0 && !room) return p
    if (!this.contexts.has(context)) this.used++
    if (count === 0) this.used++
    this.contexts.set(context, counts.set(symbol, count + 1))
    return p
  }
}

describe('AdaptiveCode', () => {
  it('is the code that maps would make, to the bit, until long after its table is full', () => {
    const random = createRandom(3)
    const code = new AdaptiveCode()
    const plain = new PlainCode()
    let fullAt = 0
    for (let i = 0; i < 150; i++) {
      const alphabet = i % 3 === 0 ? 16 : 40
      const bytes = Uint8Array.from({ length: randomInteger(random, 60) }, () => 0x30 + randomInteger(random, alphabet))
      expect(code.code(bytes, 0, bytes.length)).toBe(plain.code(bytes))
      if (fullAt === 0 && code.isFull) fullAt = i
    }
    expect(fullAt).toBeGreaterThan(10)
    expect(fullAt).toBeLessThan(100)
  })

  it('knows a table no code could have left, as a made-up snapshot would hold it', () => {
    const code = taught(['ab', 'cd'])
    const { slots, contextCount } = code as unknown as { slots: Int32Array; contextCount: number }
    /** The table with the first taken slot's key, or what stands beside it, exchanged. */
    const withFirst = (beside: 0 | 1, value: number) => {
      const changed = slots.slice()
      changed[changed.findIndex((key, at) => at % 2 === 0 && key !== 0) + beside] = value
      return changed
    }
    expect(code.isSound).toBe(true)
    expect(new AdaptiveCode().isSound).toBe(true)
    for (const broken of [
      // No look-up would end in these, or all of them would leave the table.
      { slots: new Int32Array(slots.length).fill(7) },
      { slots: new Int32Array(320) },
      { slots: new Int32Array(0) },
      { slots: new Int32Array(2), used: 0 },
      // A symbol of a context, or one that leads to a context, that is none; one that came more often than its context.
      { slots: withFirst(0, contextCount << 9) },
      { slots: withFirst(1, contextCount << 16) },
      { slots: withFirst(1, 0xffff) },
      { slotCount: 0 },
      { contexts: new Int32Array(2) },
      { contextCount: 1e9 },
      { contextCount: 0 },
    ]) {
      expect(Object.assign(taught(['ab', 'cd']) as object, broken)).toHaveProperty('isSound', false)
    }
  })

  it('is proper: what may follow any beginning shares one whole at most', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 12 }), fc.stringMatching(/^[a-f0-9]{0,4}$/), (strings, begin) => {
        // 2^-bits(begin and end), and of every way to go on by one octet, less the end that each of those pays too:
        // the sum of P(begin x) over all names that start with `begin` is P(begin) itself.
        const end = 2 ** -bitsAfter(strings, begin)
        let longer = 0
        for (let octet = 0; octet < 256; octet++) {
          longer += 2 ** -bitsAfter(strings, begin + String.fromCharCode(octet))
        }
        expect(end + longer).toBeLessThanOrEqual(1 + 1e-9)
      }),
      { numRuns: 25 },
    )
  })

  it('sums to no more than one over all names of one and two letters of a small alphabet', () => {
    const strings = ['ab', 'ba', 'a', 'aa', 'ab', 'ab']
    const names = ['', ...['a', 'b'].flatMap((x) => [x, `${x}a`, `${x}b`])]
    const sum = names.reduce((total, name) => total + 2 ** -bitsAfter(strings, name), 0)
    expect(sum).toBeLessThanOrEqual(1)
    expect(sum).toBeGreaterThan(0.2)
  })

  it('comes near 4 bits a digit of random hexadecimal', () => {
    const random = createRandom(1)
    const code = new AdaptiveCode()
    const perDigit = Array.from({ length: 100 }, () => code.code(bytesOf(randomHex(random, 60)), 0, 60) / 60)
    expect(perDigit[0]).toBeGreaterThan(4.5)
    const late = perDigit.slice(50).reduce((sum, bits) => sum + bits, 0) / 50
    expect(late).toBeGreaterThan(4)
    expect(late).toBeLessThan(4.6)
  })

  it('makes what repeats nearly free', () => {
    const strings = new Array<string>(30).fill('api.eu-west-1.metrics')
    expect(bitsAfter(strings, strings[0])).toBeLessThan(12)
    expect(bitsAfter([], strings[0])).toBeGreaterThan(8 * 15)
  })

  it('goes on when its table is full: finite, never negative, no larger', () => {
    const random = createRandom(2)
    const code = new AdaptiveCode()
    for (let i = 0; i < 3000; i++) {
      const bytes = Uint8Array.from({ length: 40 }, () => random() * 256)
      const bits = code.code(bytes, 0, 40)
      expect(bits).toBeGreaterThan(0)
      expect(bits).toBeLessThan(40 * 30)
    }
    expect(code.sizeBytes).toBeLessThanOrEqual(40 * 1024)
    const full = code.sizeBytes
    const hex = Array.from({ length: 200 }, () => code.code(bytesOf(randomHex(random, 40)), 0, 40))
    expect(hex.every(Number.isFinite)).toBe(true)
    expect(code.sizeBytes).toBe(full)
  })

  it('never pays back: no name costs less than nothing, whatever was learned', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 40 }), (names) => {
        const code = new AdaptiveCode()
        for (const name of names) expect(code.code(name, 0, name.length)).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 60 },
    )
  })

  it('counts on past 65,535 of one symbol', () => {
    const code = new AdaptiveCode()
    const bytes = new Uint8Array(250).fill(0x61)
    let bits = 0
    for (let i = 0; i < 400; i++) bits = code.code(bytes, 0, 250)
    expect(bits).toBeGreaterThan(0)
    expect(bits).toBeLessThan(20)
  })

  it('reads only the stretch it is given', () => {
    const [one, two] = [new AdaptiveCode(), new AdaptiveCode()]
    expect(one.code(bytesOf('xxabcxx'), 2, 5)).toBe(two.code(bytesOf('abc'), 0, 3))
  })

  it('holds nothing of its own while it is new', () => {
    const code = new AdaptiveCode()
    expect([code.isNew, code.sizeBytes]).toEqual([true, 0])
    code.code(bytesOf('a'), 0, 1)
    expect(code.isNew).toBe(false)
    expect(new AdaptiveCode().isNew).toBe(true)
  })
})
