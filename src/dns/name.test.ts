import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countLabels, formatName, parseName, parseNameOctets } from './name.ts'

/** Wire form of any octets as labels, at most 254 octets. */
const wireName = fc.array(fc.uint8Array({ minLength: 1, maxLength: 63 }), { maxLength: 20 }).map((labels) => {
  const octets: number[] = []
  for (const label of labels) if (octets.length + 1 + label.length <= 254) octets.push(label.length, ...label)
  return Uint8Array.from(octets)
})

function parse(text: string, scan = parseName): number[] | undefined {
  const out = new Uint8Array(300).fill(0xee)
  const length = scan(text, out, 7)
  expect(out.subarray(7 + 254).every((octet) => octet === 0xee)).toBe(true)
  expect(out.subarray(0, 7).every((octet) => octet === 0xee)).toBe(true)
  return length < 0 ? undefined : [...out.subarray(7, 7 + length)]
}

function parseLog(text: string): number[] | undefined {
  const line = Buffer.from(`\t${text}\t`)
  return parse(text, (_text, out, at) => parseNameOctets(line, 1, line.length - 1, out, at))
}

describe('formatName', () => {
  it('escapes once: dot, backslash, and octets outside 0x21..0x7e', () => {
    expect(formatName(new Uint8Array([3, 119, 46, 1, 2, 100, 101]), 0, 7)).toBe('w\\.\\001.de')
    expect(formatName(Buffer.from('\x04\\ "\xff', 'latin1'), 0, 5)).toBe('\\\\\\032"\\255')
    expect(formatName(Buffer.from('\x19<img/onerror=alert(1)>@$;', 'latin1'), 0, 26)).toBe('<img/onerror=alert(1)>@$;')
    expect(formatName(new Uint8Array(0), 0, 0)).toBe('.')
  })

  it('cuts a label that runs past the end', () => {
    expect(formatName(new Uint8Array([9, 97, 98]), 0, 3)).toBe('ab')
    expect(formatName(new Uint8Array([9, 97, 98]), 0, 200)).toBe('ab')
  })

  it('is lossless and printable ASCII for any octets', () => {
    fc.assert(
      fc.property(wireName, (name) => {
        const text = formatName(name, 0, name.length)
        expect(text).toMatch(/^[!-~]+$/)
        expect(parse(text)).toEqual([...name])
        expect(parse(text === '.' ? text : `${text}.`)).toEqual([...name])
        expect(parseLog(text)).toEqual([...name])
        if (name.length > 0) expect(text.replace(/\\./g, '').split('.').length).toBe(countLabels(name, 0, name.length))
      }),
      { numRuns: 500 },
    )
  })
})

describe('parseName', () => {
  it('takes a dot at the end or none, and the root', () => {
    expect(parse('a.de')).toEqual([1, 97, 2, 100, 101])
    expect(parse('a.de.')).toEqual([1, 97, 2, 100, 101])
    expect(parse('.')).toEqual([])
    expect(parse('')).toEqual([])
  })

  it.each(['..', '.a', 'a..b', 'a..', '.a.'])('refuses the empty label of %s', (text) => {
    expect(parse(text)).toBeUndefined()
    expect(parseLog(text)).toBeUndefined()
  })

  it('holds the limits of 63 and 254 octets', () => {
    expect(parse('x'.repeat(63))).toHaveLength(64)
    expect(parse('x'.repeat(64))).toBeUndefined()
    expect(parse(`${'x'.repeat(64)}.de`)).toBeUndefined()
    const longest = `${'x'.repeat(63)}.${'x'.repeat(63)}.${'x'.repeat(63)}.${'x'.repeat(61)}`
    expect(parse(longest)).toHaveLength(254)
    expect(parse(`${longest}.`)).toHaveLength(254)
    expect(parse(`${longest}x`)).toBeUndefined()
    expect(parse(`${longest}.a`)).toBeUndefined()
    expect(parse('\\255.'.repeat(127))).toHaveLength(254)
    expect(parse('\\255.'.repeat(128))).toBeUndefined()
    expect(parse('x'.repeat(1_000_000))).toBeUndefined()
  })

  it('reads \\DDD and \\X', () => {
    expect(parse('\\065\\.\\\\\\a')).toEqual([4, 0x41, 0x2e, 0x5c, 0x61])
  })

  it('leaves a backslash that starts no escape', () => {
    expect(parse('a\\')).toEqual([2, 97, 0x5c])
    expect(parse('\\256')).toEqual([4, 0x5c, 0x32, 0x35, 0x36])
    expect(parse('\\12')).toEqual([3, 0x5c, 0x31, 0x32])
  })

  it('takes characters beyond ASCII as UTF-8', () => {
    expect(parse('é')).toEqual([2, 0xc3, 0xa9])
    expect(parseLog('é')).toEqual([2, 0xc3, 0xa9])
    expect(parse('é'.repeat(32))).toBeUndefined()
    expect(parse('\ud800')).toEqual([3, 0xef, 0xbf, 0xbd])
  })

  it('never writes outside its 254 octets, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('\\', '.', 'x', '0', '2', 'é', '😀'), maxLength: 700 }), (text) => {
        expect(parse(text)?.length ?? 0).toBeLessThanOrEqual(254)
        expect(parseLog(text)?.length ?? 0).toBeLessThanOrEqual(254)
      }),
      { numRuns: 300 },
    )
  })
})

describe('parseNameOctets', () => {
  it("understands Zeek's \\xHH, which text does not", () => {
    expect(parseLog('\\x41\\xfF.de')).toEqual([2, 0x41, 0xff, 2, 100, 101])
    expect(parse('\\x41')).toEqual([3, 0x78, 0x34, 0x31])
  })

  it('takes \\x without two hex digits as x', () => {
    expect(parseLog('\\x4')).toEqual([2, 0x78, 0x34])
    expect(parseLog('\\xg0')).toEqual([3, 0x78, 0x67, 0x30])
  })

  it('reads any octets of a log', () => {
    const line = Uint8Array.from([0xff, 0x00, 0x2e, 0xc3])
    const out = new Uint8Array(254)
    expect(parseNameOctets(line, 0, 4, out, 0)).toBe(5)
    expect([...out.subarray(0, 5)]).toEqual([2, 0xff, 0, 1, 0xc3])
  })
})
