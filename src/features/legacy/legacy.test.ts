import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wire } from '../../batch/rows.testing.ts'
import { shannonEntropy } from '../../stats/entropy.ts'
import { LEGACY_HEADER, LEGACY_NUMBERS } from './columns.ts'
import { legacyEntropy } from './legacy-entropy.ts'
import { LegacyName } from './legacy-name.ts'
import { extractLegacy, LEGACY_WIDTH } from './legacy-numbers.ts'
import { longestWord } from './longest-word.ts'

const cut = new LegacyName()

function read(name: Uint8Array | string) {
  const octets = typeof name === 'string' ? wire(name) : name
  const out = new Float64Array(LEGACY_WIDTH)
  cut.read(octets, 0, octets.length)
  const entropyBits = extractLegacy(octets, 0, octets.length, cut, out, 0)
  const text = Buffer.from(cut.bytes.subarray(0, cut.subdomainLength + cut.domainLength)).toString('latin1')
  return {
    numbers: Object.fromEntries(LEGACY_NUMBERS.map(({ csv }, i) => [csv, out[i]])),
    entropyBits,
    subdomain: text.slice(0, cut.subdomainLength),
    domain: text.slice(cut.subdomainLength),
  }
}

describe('the legacy numbers', () => {
  it('are those of the golden rows, to 1e-9', () => {
    const multicast = [24, 7, 0, 10, 8, 2.054028744, 6, 6, 7, 3.166666667, 11, 1]
    const isatap = [6, 0, 0, 6, 0, 2.120589933, 0, 1, 6, 6, 7, 0]
    for (const [name, golden] of [
      ['252.0.0.224.in-addr.arpa', multicast],
      ['isatap', isatap],
    ] as const) {
      const { numbers } = read(name)
      Object.values(numbers).forEach((value, i) => {
        expect(Math.abs(value - golden[i]), `${LEGACY_NUMBERS[i].csv} of ${name}`).toBeLessThan(1e-9)
      })
    }
  })

  it('count marks, capitals and digits of the whole name, dots among the marks', () => {
    expect(read('A_b-1.C2.example.com').numbers).toMatchObject({ upper: 2, lower: 11, numeric: 2, special: 5 })
  })

  it('hold on hostile names: counts add up, nothing but numbers', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 254 }), (octets) => {
        const { numbers, entropyBits } = read(octets)
        const { upper, lower, numeric, special, FQDN_count } = numbers
        expect(upper + lower + numeric + special).toBe(FQDN_count)
        expect(Object.values(numbers).every((value) => Number.isFinite(value) && value >= 0)).toBe(true)
        expect(entropyBits).toBeLessThanOrEqual(8)
      }),
    )
  })

  it('of the root are zero', () => {
    expect(Object.values(read('.').numbers)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0])
  })
})

describe('the cut', () => {
  it.each([
    ['www.example.co.uk', 'www', 'example'],
    ['example.com', '', 'example'],
    ['252.0.0.224.in-addr.arpa', '252.0.0', '224'],
    ['printer.local', 'printer', 'local'],
    ['a.b.local', 'a.b', 'local'],
    ['isatap', '', 'isatap'],
    ['someone.blogspot.com', 'someone', 'blogspot'],
    ['co.uk', '', ''],
    ['10.1.2.3', '', '10.1.2.3'],
    ['10.1.2.256', '10.1.2', '256'],
    ['_ldap._tcp.dc.corp', '_ldap._tcp.dc', 'corp'],
  ])('of %s has the subdomain "%s" and the domain "%s"', (name, subdomain, domain) => {
    expect(read(name)).toMatchObject({ subdomain, domain })
  })
})

describe('the legacy entropy', () => {
  it('is off by one octet from that of the same text', () => {
    const bits = shannonEntropy(Buffer.from('isatap'), 0, 6)
    expect(bits).toBeCloseTo(2.2516291673878226, 12)
    expect(legacyEntropy(bits, 6)).toBeCloseTo(2.120589933192232, 12)
    expect(read('isatap').entropyBits).toBe(bits)
  })

  it('is the sum that the originals write down, and nothing of nothing', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60, unit: fc.constantFrom(...'abc.1') }), (text) => {
        const length = text.length + 1
        const counts = [...new Set(text)].map((character) => text.split(character).length - 1)
        const sum = -counts.reduce((total, n) => total + (n / length) * Math.log2(n / length), 0)
        const bytes = Buffer.from(text)
        expect(legacyEntropy(shannonEntropy(bytes, 0, bytes.length), bytes.length)).toBeCloseTo(sum, 9)
      }),
    )
    expect(legacyEntropy(0, 0)).toBe(0)
  })
})

it('the longest word is a run of letters, the last of equals, else the last octet', () => {
  const word = (text: string) => longestWord(Buffer.from(text), 0, text.length)
  expect(['bet365', '224', 'google', 'xn--b1algemdcsb', 'ab-cd', '', 'FHEP_'].map(word)).toEqual([
    ...['bet', '4', 'google', 'algemdcsb', 'cd', '', 'FHEP'],
  ])
})

it('the header is that of the originals', () => {
  expect(LEGACY_HEADER.join(',')).toBe(
    'timestamp,FQDN_count,subdomain_length,upper,lower,numeric,entropy,special,labels,labels_max,labels_average,longest_word,sld,len,subdomain',
  )
})
