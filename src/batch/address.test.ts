import { isIPv4, isIPv6 } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAddress, parseAddress, writeIpv4 } from './address.ts'

function parse(text: string): Uint8Array | undefined {
  const out = new Uint8Array(18).fill(0xee)
  if (!parseAddress(text, out, 1)) return undefined
  expect([out[0], out[17]]).toEqual([0xee, 0xee])
  return out.slice(1, 17)
}

const format = (text: string) => formatAddress(parse(text) ?? expect.fail(`${text} is no address`), 0)

describe('formatAddress, as RFC 5952 wants it', () => {
  it.each([
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:0db8::0001', '2001:db8::1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:DB8::AbCd', '2001:db8::abcd'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['1:0:0:0:0:0:0:0', '1::'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:201', '192.0.2.1'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['::192.0.2.1', '::c000:201'],
    ['255.255.255.255', '255.255.255.255'],
  ])('%s is %s', (text, expected) => expect(format(text)).toBe(expected))
})

describe('parseAddress', () => {
  it.each([
    ...['', '%', '1.2.3', '1.2.3.4.5', '256.1.1.1', '1.2.3.4:53', '1.2.3.4 ', ' 1.2.3.4', 'x.1.2.3.4'],
    ...[
      ':',
      ':::',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      '1::2::3',
      '12345::',
      'g::',
      ':1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:',
    ],
    ...['1:2:3:4:5:6:7:1.2.3.4', '::256.1.1.1', ':1.2.3.4', 'localhost', '::1/128', `${'0'.repeat(60)}`],
  ])('takes no %o', (text) => expect(parse(text)).toBeUndefined())

  it('agrees with node on what is an address', () => {
    const piece = fc.constantFrom('', '0', 'ffff', '1', '12345', '1.2.3.4', '999.1.1.1', 'g')
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 9 }), (pieces) => {
        const text = pieces.join(':')
        expect(parse(text) !== undefined, text).toBe(isIPv4(text) || isIPv6(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('reads what was written, any address', () => {
    const sixteen = fc.array(fc.constantFrom(0, 0, 0, 1, 0x7f, 0xff), { minLength: 16, maxLength: 16 })
    fc.assert(
      fc.property(
        fc.oneof(
          sixteen,
          fc.uint8Array({ minLength: 16, maxLength: 16 }).map((b) => [...b]),
        ),
        (octets) => {
          const text = formatAddress(Uint8Array.from(octets), 0)
          expect([...parse(text)!]).toEqual(octets)
          expect(format(text)).toBe(text)
          expect(isIPv4(text) || isIPv6(text)).toBe(true)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('is the same for the four octets as for their text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 4 }), (quad) => {
        const out = new Uint8Array(16).fill(0xee)
        writeIpv4(quad, 0, out, 0)
        expect(formatAddress(out, 0)).toBe([...quad].join('.'))
        expect(parse([...quad].join('.'))).toEqual(out)
      }),
    )
  })
})
