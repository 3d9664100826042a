import { describe, expect, test } from 'vitest'
import { NAME_OCTETS_MAX, parseName } from '../../dns/name.ts'
import { createRandom } from '../../stats/random.ts'
import { splitName } from '../names.ts'
import { makePayload } from '../payload.ts'
import { type EncodedName, REFERENCE_ZONE } from './encoder.ts'
import { encoders } from './index.ts'

const ZONES = [REFERENCE_ZONE, 'x.test', 'a.rather-long-and-boring-name.of-some-zone.invalid']
const PAYLOADS: Record<string, Uint8Array> = {
  'no octets': new Uint8Array(0),
  'one octet': Uint8Array.of(0x41),
  'one zero': Uint8Array.of(0),
  'zeros at the end': Uint8Array.of(1, 0, 0, 0, 0),
  'five octets of ones': new Uint8Array(5).fill(255),
  'every octet': Uint8Array.from({ length: 256 }, (_, i) => i),
  'a kilobyte of zeros': new Uint8Array(1024),
  'a text': makePayload('text', 1500, createRandom(5)),
  '10 KiB of noise': makePayload('random', 10_240, createRandom(6)),
}
for (let length = 2; length < 70; length++)
  PAYLOADS[`${length} octets`] = makePayload('random', length, createRandom(length))

const scratch = new Uint8Array(NAME_OCTETS_MAX + 1)

function sum(names: readonly EncodedName[]): number {
  return names.reduce((octets, name) => octets + name.payloadOctets, 0)
}

test('names are unique and in kebab-case', () => {
  const names = encoders.map((encoder) => encoder.name)
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  for (const { description } of encoders) expect(description).toMatch(/\.$/)
})

describe.each(encoders.map((encoder) => [encoder.name, encoder] as const))('%s', (_name, encoder) => {
  test.each(ZONES)('makes names within the limits, under %s', (zone) => {
    for (const payload of Object.values(PAYLOADS)) {
      const names = encoder.encode(payload, zone, createRandom(1))
      for (const { qname, qtype, payloadOctets } of names) {
        expect(parseName(qname, scratch, 0)).toBeGreaterThan(0)
        expect(splitName(qname).every((label) => label.length > 0 && label.length <= 63)).toBe(true)
        expect(qname.endsWith(`.${zone}`)).toBe(true)
        expect(Number.isInteger(qtype) && qtype > 0 && qtype < 0x10000).toBe(true)
        expect(Number.isInteger(payloadOctets) && payloadOctets >= 0).toBe(true)
      }
      expect(sum(names)).toBe(payload.length)
    }
  })

  test('makes the same of the same seed, and leaves the payload alone', () => {
    const payload = PAYLOADS['a text'].slice()
    const first = encoder.encode(payload, REFERENCE_ZONE, createRandom(7))
    expect(encoder.encode(payload, REFERENCE_ZONE, createRandom(7))).toEqual(first)
    expect(payload).toEqual(PAYLOADS['a text'])
  })

  test('carries as much as it says', () => {
    const names = encoder.encode(PAYLOADS['10 KiB of noise'], REFERENCE_ZONE, createRandom(8))
    const mean = 10_240 / names.length
    expect(encoder.payloadOctetsAName).toBeGreaterThan(mean * 0.95)
    expect(encoder.payloadOctetsAName).toBeLessThan(mean * 1.05)
  })

  test.skipIf(!encoder.decode).each(ZONES)('gives the payload back, under %s', (zone) => {
    for (const [name, payload] of Object.entries(PAYLOADS)) {
      const names = encoder.encode(payload, zone, createRandom(9)).map(({ qname }) => qname)
      expect(Buffer.compare(encoder.decode!(names, zone), payload), name).toBe(0)
      const stranger = ['www.elsewhere.test', ...names]
      expect(Buffer.compare(encoder.decode!(stranger, zone), payload), name).toBe(0)
    }
  })

  test.each(['leak.com', 'test', 'LEAK.test', 'a..test', '.test', 'x.test.', '', 'a_b.example', 'not-test', 'test.de'])(
    'refuses the zone %j',
    (zone) => {
      if (zone === 'test') return
      expect(() => encoder.encode(Uint8Array.of(1), zone, createRandom(1))).toThrow(/\.test, \.example and \.invalid/)
    },
  )
})
