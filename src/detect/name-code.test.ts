import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wire } from '../batch/rows.testing.ts'
import { PrefixText } from '../dns/prefix-text.ts'
import { createRandom, randomInteger } from '../stats/random.ts'
import { AdaptiveCode } from './adaptive-code.ts'
import { HashSet } from './hash-set.ts'
import { loadDetectionModel } from './load-detection-model.ts'
import { type DomainPast, FLOOR_BITS, flatLanguage, NameCoder } from './name-code.ts'

const { language } = loadDetectionModel()
const coder = new NameCoder(language)
/** A code that spells everything at nine bits a symbol, so that the others show. */
const dear = new NameCoder(flatLanguage(9))

const label = fc.uint8Array({ minLength: 1, maxLength: 40 })
const prefixOctets = fc
  .array(label, { minLength: 1, maxLength: 5 })
  .map((labels) => labels.flatMap((l) => [l.length, ...l]))

function read(name: string | readonly number[]): PrefixText {
  const octets = typeof name === 'string' ? wire(name) : Uint8Array.from(name)
  const prefix = new PrefixText()
  prefix.read(octets, 0, octets.length)
  return prefix
}

function past(): DomainPast {
  return { adaptive: new AdaptiveCode(), labels: new HashSet(1024) }
}

describe('NameCoder', () => {
  it('never goes below the floor nor above the raw octets and 2.3 bits', () => {
    const known = past()
    fc.assert(
      fc.property(prefixOctets, (octets) => {
        const prefix = read(octets)
        for (const bits of [coder.bits(prefix, undefined), coder.bits(prefix, known)]) {
          expect(bits).toBeGreaterThanOrEqual(FLOOR_BITS)
          expect(bits).toBeLessThanOrEqual(Math.max(FLOOR_BITS, 8 * prefix.length + 2.3 + 1e-9))
        }
        coder.learnLabels(prefix, known)
      }),
    )
  })

  it('asks the floor even of www', () => expect(coder.bits(read('www'), undefined)).toBe(FLOOR_BITS))

  it('finds host names cheap and random text dear', () => {
    const host = coder.bits(read('mail.eu-west'), undefined)
    expect(coder.bits(read('x7q2kzv9wj4f'), undefined)).toBeGreaterThan(host * 1.5)
  })

  it('knows addresses, UUIDs and digits by their form', () => {
    const choice = 2.3 + Math.log2(3)
    expect(dear.bits(read('4.3.2.1'), undefined)).toBeCloseTo(choice + 32, 9)
    expect(dear.bits(read('123e4567-e89b-12d3-a456-426614174000'), undefined)).toBeCloseTo(choice + 1 + 128, 9)
    expect(dear.bits(read('0123456789abcdef0123456789abcdef'), undefined)).toBeCloseTo(choice + 1 + 6 + 128, 9)
  })

  it('charges a label that the domain used before its place in the list', () => {
    const known = past()
    for (let i = 0; i < 16; i++) {
      const prefix = read(`shard-number-${i}-of-sixteen`)
      dear.bits(prefix, { adaptive: new AdaptiveCode(), labels: known.labels })
      dear.learnLabels(prefix, known)
    }
    const bits = dear.bits(read('shard-number-7-of-sixteen'), known)
    expect(bits).toBe(FLOOR_BITS)
    const two = dear.bits(read('shard-number-7-of-sixteen.shard-number-9-of-sixteen.shard-number-1-of-sixteen'), known)
    expect(two).toBeCloseTo(2.3 + 3 * (Math.log2(3) + 1 + 4), 9)
    dear.bits(read('shard-number-7-of-sixteen.shard-number-17-of-sixteen'), known)
    expect([dear.isKnownLabel(0), dear.isKnownLabel(1)]).toEqual([true, false])
  })

  it('learns a domain: the same kind of name costs less each time, and another domain is not taught', () => {
    const random = createRandom(3)
    const known = past()
    const name = () => `${Array.from({ length: 40 }, () => 'ghijklmnopqrstuv'[randomInteger(random, 16)]).join('')}.t`
    const first = coder.bits(read(name()), known)
    let last = first
    for (let i = 0; i < 60; i++) last = coder.bits(read(name()), known)
    expect(last).toBeLessThan(first * 0.95)
    expect(last).toBeGreaterThan(4 * 40)
    expect(coder.bits(read(name()), past())).toBeGreaterThan(last)
  })

  it('folds case before it codes', () => {
    expect(coder.bits(read('HeLLo-WoRLd'), undefined)).toBe(coder.bits(read('hello-world'), undefined))
  })

  it('tells the language model’s own bits', () => {
    const prefix = read('mail.internal')
    coder.bits(prefix, undefined)
    expect(coder.lastLanguageBits).toBe(coder.languageBits(prefix))
  })

  it('survives the longest prefix there is', () => {
    const longest = read(Array.from({ length: 127 }, () => [1, 0xff]).flat())
    expect(Number.isFinite(coder.bits(longest, past()))).toBe(true)
  })
})
