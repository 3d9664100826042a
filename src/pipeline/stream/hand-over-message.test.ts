import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClientFact } from '../../detect/client-facts.ts'
import type { HandOver } from './hand-over.ts'
import { decodeHandOver, encodeHandOver } from './hand-over-message.ts'

const octets = (min: number, max: number) =>
  fc.uint8Array({ minLength: min, maxLength: max }).map((bytes) => Buffer.from(bytes).toString('latin1'))
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const uint = fc.integer({ min: 0, max: 0xffffffff })
const fact: fc.Arbitrary<ClientFact> = fc.record({
  ...{ clientLo: uint, clientHi: uint, domainLo: uint, domainHi: uint, firstMs: number, lastMs: number },
  ...{ queries: uint, names: uint, octets: number, excessOctets: number, prefixOctets: uint, answerOctets: uint },
  ...{ namesSum: number, answersSum: number, qtype: uint, input: uint, invented: fc.boolean() },
  ...{ client: octets(16, 16), domain: octets(0, 255), sample: octets(0, 255) },
})
const handOver: fc.Arbitrary<HandOver> = fc.record({
  ...{ partition: fc.nat(4096), passedMs: number, idle: fc.boolean() },
  ...{ facts: fc.array(fact, { maxLength: 4 }), alerted: fc.array(fc.tuple(uint, uint), { maxLength: 4 }) },
})
const bytes = (text: string) => Buffer.from(text)

describe('a hand-over as a message', () => {
  it('is read back to the bit', () => {
    fc.assert(
      fc.property(handOver, (one) => {
        expect(decodeHandOver(bytes(encodeHandOver(one)))).toEqual(one)
      }),
    )
  })

  it.each([
    ['nothing', null],
    ['an empty value', bytes('')],
    ['no JSON', bytes('{')],
    ['null', bytes('null')],
    ['a number', bytes('7')],
    ['another kind', bytes('{"kind":"marker","timeMs":1}')],
    ['a fact cut short', bytes('{"kind":"facts","partition":1,"passedMs":1,"idle":true,"facts":[[1]],"alerted":[]}')],
    [
      'hashes of texts',
      bytes('{"kind":"facts","partition":1,"passedMs":1,"idle":true,"facts":[],"alerted":[["a","b"]]}'),
    ],
    ['a prototype', bytes('{"__proto__":{"kind":"facts"}}')],
    ['invalid UTF-8', Uint8Array.of(0x7b, 0xff, 0xfe)],
    ['a hundred thousand brackets', bytes('['.repeat(100_000))],
  ])('refuses %s with a reason', (_, value) => {
    expect(decodeHandOver(value)).toBeTypeOf('string')
  })

  it('refuses texts that are no octets, or too many', () => {
    const [one] = fc.sample(handOver, { numRuns: 1, seed: 1 })
    const [some] = fc.sample(fact, { numRuns: 1, seed: 2 })
    for (const change of [{ domain: 'ā' }, { sample: 'x'.repeat(256) }, { firstMs: Number.NaN }]) {
      expect(decodeHandOver(bytes(encodeHandOver({ ...one, facts: [{ ...some, ...change }] })))).toBeTypeOf('string')
    }
  })
})
