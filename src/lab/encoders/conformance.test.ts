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
for (let length = 2; length < 50; length++)
  PAYLOADS[`${length} octets`] = makePayload('random', length, createRandom(length))
const OTHER_ZONES_TAKE = ['no octets', 'one octet', 'every octet', 'a text']

/** All payloads under one zone, enough of them under the others. */
function payloadsFor(zone: string): [string, Uint8Array][] {
  return Object.entries(PAYLOADS).filter(([name]) => zone === REFERENCE_ZONE || OTHER_ZONES_TAKE.includes(name))
}

const scratch = new Uint8Array(NAME_OCTETS_MAX + 1)

function withinLimits({ qname, qtype, payloadOctets }: EncodedName, zone: string): boolean {
  const labels = splitName(qname)
  return (
    parseName(qname, scratch, 0) > 0 &&
    labels.every((label) => label.length > 0 && label.length <= 63) &&
    qname.endsWith(`.${zone}`) &&
    (qtype & 0xffff) === qtype &&
    payloadOctets >= 0 &&
    Number.isInteger(payloadOctets)
  )
}

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
    for (const [name, payload] of payloadsFor(zone)) {
      const names = encoder.encode(payload, zone, createRandom(1))
      expect(
        names.filter((encoded) => !withinLimits(encoded, zone)),
        name,
      ).toEqual([])
      expect(sum(names), name).toBe(payload.length)
    }
  })

  test('makes the same of the same seed, and leaves the payload alone', () => {
    const payload = PAYLOADS['a text'].slice()
    const first = encoder.encode(payload, REFERENCE_ZONE, createRandom(7))
    expect(encoder.encode(payload, REFERENCE_ZONE, createRandom(7))).toEqual(first)
    expect(payload).toEqual(PAYLOADS['a text'])
  })

  test('carries as much as it says', () => {
    const payload = PAYLOADS['10 KiB of noise']
    const counts = [8, 9, 10, 11].map((seed) => encoder.encode(payload, REFERENCE_ZONE, createRandom(seed)).length)
    const mean = (4 * payload.length) / counts.reduce((all, count) => all + count, 0)
    expect(Math.abs(encoder.payloadOctetsAName / mean - 1), `${mean}`).toBeLessThan(0.02)
  })

  test.skipIf(!encoder.decode).each(ZONES)('gives the payload back, under %s', (zone) => {
    for (const [name, payload] of payloadsFor(zone)) {
      const names = encoder.encode(payload, zone, createRandom(9)).map(({ qname }) => qname)
      expect(Buffer.compare(encoder.decode!(names, zone), payload), name).toBe(0)
    }
    const names = encoder.encode(PAYLOADS['a text'], zone, createRandom(9)).map(({ qname }) => qname)
    const strangers = ['www.elsewhere.test', ...names, zone]
    expect(Buffer.compare(encoder.decode!(strangers, zone), PAYLOADS['a text'])).toBe(0)
  })

  test.each(['leak.com', 'LEAK.test', 'a..test', '.test', 'x.test.', '', 'a_b.example', 'not-test', 'test.de'])(
    'refuses the zone %j',
    (zone) => {
      expect(() => encoder.encode(Uint8Array.of(1), zone, createRandom(1))).toThrow(/\.test, \.example and \.invalid/)
    },
  )
})
