import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashed, hashedTail, hashOctets, hashWithTail, hashWords, mix } from './hash.ts'
import { createRandom } from './random.ts'

function hash(bytes: Uint8Array, seed = 0, fold = false, start = 0, length = bytes.length): [number, number] {
  hashOctets(bytes, start, length, seed, fold)
  return [hashed.lo, hashed.hi]
}

/** Share of 0 that two bit columns agree on, over what chance gives, in standard deviations. */
function correlation(a: boolean[], b: boolean[]): number {
  const same = a.filter((bit, i) => bit === b[i]).length
  return Math.abs(same - a.length / 2) / Math.sqrt(a.length / 4)
}

describe('hashOctets', () => {
  it('gives two unsigned 32-bit halves', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.integer(), (bytes, seed) => {
        for (const half of hash(bytes, seed)) expect(half).toBe(half >>> 0)
      }),
    )
  })

  it('depends on the octets alone, not on where they lie', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (bytes, before) => {
        const laid = Uint8Array.from([...before, ...bytes, 7, 7])
        expect(hash(laid, 3, false, before.length, bytes.length)).toEqual(hash(bytes, 3))
      }),
    )
  })

  it('folds ASCII letters where it is told to, and nothing else', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, octet) => octet)
    for (const octet of bytes) {
      const letter = (octet >= 0x41 && octet <= 0x5a) || (octet >= 0x61 && octet <= 0x7a)
      const other = Uint8Array.of(octet ^ 0x20)
      const alike = hash(Uint8Array.of(octet), 1, true).join() === hash(other, 1, true).join()
      expect(alike, `octet ${octet}`).toBe(letter)
      expect(hash(Uint8Array.of(octet), 1, false)).not.toEqual(hash(other, 1, false))
    }
  })

  it('tells lengths, orders and seeds apart', () => {
    const all = [[], [0], [0, 0], [0, 0, 0], [1, 2], [2, 1]].flatMap((octets) =>
      [0, 1, 2].map((seed) => hash(Uint8Array.from(octets), seed).join()),
    )
    expect(new Set(all).size).toBe(all.length)
  })

  it('has no collision among 200,000 names in either half beyond what chance gives', () => {
    const seen = [new Set<number>(), new Set<number>()]
    const names = 200_000
    for (let i = 0; i < names; i++) {
      const [lo, hi] = hash(Buffer.from(`h${i}.example`))
      seen[0].add(lo)
      seen[1].add(hi)
    }
    // Birthday: n^2 / 2^33 = 4.7 expected in 32 bits.
    for (const half of seen) expect(names - half.size).toBeLessThan(20)
  })

  it('has halves that are independent, bit by bit', () => {
    const random = createRandom(1)
    const hashes = Array.from({ length: 4000 }, () => hash(Uint8Array.from({ length: 12 }, () => random() * 256)))
    const column = (half: 0 | 1, bit: number) => hashes.map((pair) => ((pair[half] >>> bit) & 1) === 1)
    for (let a = 0; a < 32; a += 3) {
      for (let b = 0; b < 32; b++) expect(correlation(column(0, a), column(1, b)), `${a} ${b}`).toBeLessThan(5)
    }
  })

  it('turns about half of the bits when one bit of input turns', () => {
    const bytes = Buffer.from('0123456789abcdef.example')
    const [lo, hi] = hash(bytes)
    let turned = 0
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const other = Uint8Array.from(bytes)
      other[bit >> 3] ^= 1 << (bit & 7)
      const [l, h] = hash(other)
      turned += ones(lo ^ l) + ones(hi ^ h)
    }
    expect(turned / (bytes.length * 8)).toBeGreaterThan(28)
    expect(turned / (bytes.length * 8)).toBeLessThan(36)
  })
})

describe('hashWithTail', () => {
  it('gives what two passes give', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), fc.uint8Array(), fc.integer(), (before, head, tail, seed) => {
        const bytes = Uint8Array.from([...before, ...head, ...tail, 7])
        const end = bytes.length - 1
        hashWithTail(bytes, before.length, end - tail.length, end, seed)
        const both = [hashed.lo, hashed.hi, hashedTail.lo, hashedTail.hi]
        expect(both).toEqual([
          ...hash(bytes, seed, true, before.length, end - before.length),
          ...hash(tail, seed, true),
        ])
      }),
    )
  })
})

describe('hashWords', () => {
  function words(bytes: Uint8Array, seed = 0, fold = false, start = 0, length = bytes.length): string {
    hashWords(bytes, start, length, seed, fold)
    expect([hashed.lo, hashed.hi]).toEqual([hashed.lo >>> 0, hashed.hi >>> 0])
    return `${hashed.lo},${hashed.hi}`
  }

  it('depends on the octets alone, not on where they lie', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (bytes, before) => {
        const laid = Uint8Array.from([...before, ...bytes, 7, 7])
        expect(words(laid, 3, true, before.length, bytes.length)).toBe(words(bytes, 3, true))
      }),
    )
  })

  it('folds ASCII letters in every place of a word where it is told to, and nothing else', () => {
    for (let place = 0; place < 7; place++) {
      for (let octet = 0; octet < 256; octet++) {
        const letter = (octet >= 0x41 && octet <= 0x5a) || (octet >= 0x61 && octet <= 0x7a)
        const one = new Uint8Array(7).fill(0xc1)
        const other = Uint8Array.from(one)
        one[place] = octet
        other[place] = octet ^ 0x20
        expect(words(one, 1, true) === words(other, 1, true), `octet ${octet} at ${place}`).toBe(letter)
        expect(words(one, 1)).not.toBe(words(other, 1))
      }
    }
  })

  it('tells lengths, orders and seeds apart', () => {
    const all = [[], [0], [0, 0], [0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0, 0], [1, 2], [2, 1]].flatMap((octets) =>
      [0, 1, 2].map((seed) => words(Uint8Array.from(octets), seed)),
    )
    expect(new Set(all).size).toBe(all.length)
  })

  it('has no collision among 200,000 names in either half beyond what chance gives', () => {
    const seen = [new Set<number>(), new Set<number>()]
    const names = 200_000
    for (let i = 0; i < names; i++) {
      hashWords(Buffer.from(`h${i}.example`), 0, `h${i}.example`.length, 0, true)
      seen[0].add(hashed.lo)
      seen[1].add(hashed.hi)
    }
    for (const half of seen) expect(names - half.size).toBeLessThan(20)
  })
})

describe('mix', () => {
  it('is one unsigned word, and does not commute', () => {
    expect(mix(1, 2)).toBe(mix(1, 2) >>> 0)
    expect(mix(1, 2)).not.toBe(mix(2, 1))
    expect(new Set(Array.from({ length: 10_000 }, (_, i) => mix(i, i))).size).toBeGreaterThan(9990)
  })
})

function ones(word: number): number {
  let count = 0
  for (let bit = 0; bit < 32; bit++) count += (word >>> bit) & 1
  return count
}
