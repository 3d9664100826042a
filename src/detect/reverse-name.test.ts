import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wire } from '../batch/rows.testing.ts'
import { formatName } from '../dns/name.ts'
import { readReverseName, reverse } from './reverse-name.ts'

/** Key and bits of a reverse name, or undefined. */
function read(name: string): { key: string; bits: number } | undefined {
  const octets = wire(name)
  const laid = Uint8Array.from([9, 9, 9, ...octets, 9])
  if (!readReverseName(laid, 3, octets.length)) return undefined
  const { keyOffset, bits } = reverse
  return { key: formatName(octets, keyOffset, octets.length - keyOffset), bits }
}

const nibbles = (count: number) => Array.from({ length: count }, (_, i) => (i % 16).toString(16)).join('.')

describe('readReverseName', () => {
  it.each([
    ['4.3.2.1.in-addr.arpa', { key: '2.1.in-addr.arpa', bits: 16 }],
    ['3.2.1.in-addr.arpa', { key: '2.1.in-addr.arpa', bits: 8 }],
    ['255.0.10.10.IN-ADDR.Arpa', { key: '10.10.IN-ADDR.Arpa', bits: 16 }],
    [`${nibbles(32)}.ip6.arpa`, { key: '8.9.a.b.c.d.e.f.ip6.arpa', bits: 96 }],
    [`${nibbles(9)}.ip6.arpa`, { key: '1.2.3.4.5.6.7.8.ip6.arpa', bits: 4 }],
  ])('%s', (name, expected) => expect(read(name)).toEqual(expected))

  it.each([
    ['2.1.in-addr.arpa', 'the key itself'],
    [`${nibbles(8)}.ip6.arpa`, 'the key itself'],
    ['5.4.3.2.1.in-addr.arpa', 'five octets'],
    [`${nibbles(33)}.ip6.arpa`, '33 nibbles'],
    ['256.3.2.1.in-addr.arpa', 'an octet past 255'],
    ['04.3.2.1.in-addr.arpa', 'a leading zero'],
    ['x.3.2.1.in-addr.arpa', 'a letter'],
    ['g.1.2.3.4.5.6.7.8.ip6.arpa', 'no nibble'],
    ['10.1.2.3.4.5.6.7.8.ip6.arpa', 'two digits'],
    ['b._dns-sd._udp.0.2.1.10.in-addr.arpa', 'service labels'],
    ['0-25.2.0.192.in-addr.arpa', 'an RFC 2317 range'],
    ['4.3.2.1.in-addr.arpa.example', 'another top-level name'],
    ['in-addr.arpa', 'the zone alone'],
  ])('not %s: %s', (name) => expect(read(name)).toBeUndefined())

  it('is not fooled by a label that holds the zone’s own octets', () => {
    const tail = [7, ...Buffer.from('in-addr'), 4, ...Buffer.from('arpa')]
    const label = Uint8Array.from([tail.length + 1, 0x31, ...tail])
    expect(readReverseName(label, 0, label.length)).toBe(false)
  })

  it('never throws nor reads past the name', () => {
    const tails = [[...wire('in-addr.arpa')], [...wire('ip6.arpa')], []]
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.constantFrom(...tails), (octets, tail) => {
        const name = Uint8Array.from([...octets, ...tail])
        if (!readReverseName(name, 0, name.length)) return
        expect(reverse.keyOffset).toBeGreaterThan(0)
        expect(reverse.keyOffset).toBeLessThan(name.length)
        expect(reverse.bits).toBeGreaterThan(0)
        expect(reverse.bits).toBeLessThanOrEqual(96)
      }),
    )
  })
})
