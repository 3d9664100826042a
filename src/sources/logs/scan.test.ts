import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAddress, parseAddress } from '../../batch/address.ts'
import { nameScanned, scanName } from './log-name.ts'
import { isLinkLocalGroup, scanAddress } from './scan-address.ts'
import { scanCount, scanDecimal } from './scan-number.ts'
import { TabIndex } from './tab-index.ts'
import { unescapeZeek } from './unescape.ts'

const bytesOf = (text: string) => Buffer.from(`xx${text}yy`, 'latin1')
const decimal = (text: string, shift = 0) => scanDecimal(bytesOf(text), 2, 2 + text.length, shift)

describe('scanDecimal', () => {
  it('is the double nearest to what the digits say', () => {
    fc.assert(
      fc.property(fc.nat(4_000_000_000), fc.nat(999_999), (seconds, micros) => {
        const text = `${seconds}.${String(micros).padStart(6, '0')}`
        expect(decimal(text)).toBe(Number(text))
        expect(decimal(text, 3)).toBe(Number(`${text}e3`))
      }),
    )
  })

  it('takes signs, exponents and many digits, and nothing that is not a decimal', () => {
    for (const text of [
      '-1.5',
      '+2',
      '1e3',
      '2.5E-3',
      '1674912362.542238123456789',
      '0.000000',
      '123456789012345678901',
    ]) {
      expect(decimal(text)).toBe(Number(text))
    }
    expect(decimal('1674912362.542238123', 3)).toBe(Number('1674912362542.238123'))
    expect(decimal('1e2', 3)).toBe(100_000)
    for (const text of ['', '.', '-', '1.2.3', '0x10', ' 1', '1 ', 'Infinity', 'NaN', '1_0', '1e', '9'.repeat(65)]) {
      expect(decimal(text)).toBeNaN()
    }
  })
})

it('scanCount takes digits only', () => {
  const count = (text: string) => scanCount(bytesOf(text), 2, 2 + text.length)
  expect(['0', '53', '007', '', '-1', '1.0', '9'.repeat(16)].map(count)).toEqual([0, 53, 7, -1, -1, -1, -1])
})

describe('scanAddress', () => {
  const scan = (text: string) => {
    const out = new Uint8Array(16).fill(7)
    const octets = scanAddress(bytesOf(text), 2, 2 + text.length, out, 0)
    return { octets, text: formatAddress(out, 0) }
  }

  it('agrees with parseAddress, cached or not', () => {
    const texts = [
      '1.2.3.4',
      '255.255.255.255',
      '256.1.1.1',
      '1.2.3',
      '1.2.3.4.5',
      '1..2.3',
      '.1.2.3',
      '1.2.3.4 ',
      '::',
      '::1',
    ]
    texts.push(
      'fe80::1%eth0',
      'FE80::A',
      '::ffff:1.2.3.4',
      '1:2:3:4:5:6:7:8',
      '1:2',
      'a::b::c',
      'dead.beef',
      '%::1',
      '::g',
      '',
    )
    for (let round = 0; round < 2; round++) {
      for (const text of texts) {
        const expected = new Uint8Array(16)
        const known = parseAddress(text, expected, 0)
        expect([text, scan(text).octets > 0]).toEqual([text, known])
        if (known) expect(scan(text).text).toBe(formatAddress(expected, 0))
        else expect(scan(text).text).toBe('::')
      }
    }
  })

  it('says how many octets the address has', () => {
    expect([scan('192.0.2.1').octets, scan('2001:db8::1').octets]).toEqual([4, 16])
  })

  it('tells groups that stay on the link', () => {
    const group = (text: string) => {
      const out = new Uint8Array(16)
      parseAddress(text, out, 0)
      return isLinkLocalGroup(out, 0)
    }
    expect(['224.0.0.251', '224.0.0.252', 'ff02::fb', 'ff02::1:3'].map(group)).toEqual([true, true, true, true])
    expect(['224.0.1.1', '239.1.1.1', 'ff05::2', '8.8.8.8', '::'].map(group)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ])
  })
})

it('TabIndex finds what a loop finds, at every alignment', () => {
  const index = new TabIndex()
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 80 }),
      fc.nat(7),
      fc.constantFrom(9, 8, 0, 255, 0x7c),
      (octets, shift, tab) => {
        const bytes = new Uint8Array(octets.length + 16).fill(tab)
        const near = octets.map((octet) => (octet < 160 ? [tab, tab ^ 1, tab ^ 0x80, 0][octet & 3] : octet))
        bytes.set(near, shift)
        const view = bytes.subarray(1)
        const start = Math.max(shift - 1, 0)
        const end = start + octets.length
        const expected: number[] = []
        for (let i = start; i < end; i++) if (view[i] === tab) expected.push(i)
        expect(index.find(view, start, end, tab)).toBe(expected.length + 1)
        expect([...index.ends.subarray(0, expected.length + 1)]).toEqual([...expected, end])
      },
    ),
  )
  const wide = new Uint8Array(100_000).fill(9)
  expect(index.find(wide, 0, wide.length, 9)).toBe(100_001)
})

it('unescapeZeek undoes what Zeek escapes and nothing else', () => {
  const plain = (text: string) => {
    const out = Buffer.alloc(text.length)
    return out.subarray(0, unescapeZeek(bytesOf(text), 2, 2 + text.length, out, 0)).toString('latin1')
  }
  expect(plain('a\\x2c\\xfF\\\\x41\\xg1\\x4\\q\\')).toBe('a,\xff\\x41\\xg1\\x4\\q\\')
})

describe('scanName', () => {
  const out = new Uint8Array(254)
  const scan = (text: string) => scanName(bytesOf(text), 2, 2 + text.length, out)

  it('gives the wire form, and says when it guessed', () => {
    expect([scan('a.de'), scan('a.de.'), scan(''), scan('.')]).toEqual([5, 5, 0, 0])
    expect(nameScanned.ambiguous).toBe(false)
    expect(scan('a..de')).toBe(6)
    expect(nameScanned.ambiguous).toBe(true)
  })

  it('never writes past 254 octets, whatever it is given', () => {
    const guarded = new Uint8Array(300)
    const name = fc.array(fc.constantFrom('a', '.', '..', '\\', '\\x2e', '\xff', 'b'.repeat(60), '\\046'), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(name, (parts) => {
        guarded.fill(0xee)
        const bytes = bytesOf(parts.join(''))
        const length = scanName(bytes, 2, bytes.length - 2, guarded)
        expect(length).toBeLessThanOrEqual(254)
        expect(guarded.subarray(254).every((octet) => octet === 0xee)).toBe(true)
        let at = 0
        while (at < length) {
          expect(guarded[at]).toBeGreaterThan(0)
          expect(guarded[at]).toBeLessThan(64)
          at += guarded[at] + 1
        }
        if (length >= 0) expect(at).toBe(length)
      }),
    )
  })
})
