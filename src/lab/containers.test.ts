import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { crc32, gzip, zip, zlib } from './containers.ts'
import { deflate } from './deflate.ts'
import { randomOctets, randomText } from './noise.ts'
import { latin1 } from './octets.ts'

const SAMPLES: [string, Uint8Array][] = [
  ['nothing', new Uint8Array(0)],
  ['one octet', Uint8Array.of(200)],
  ['zeros', new Uint8Array(70_000)],
  ['noise', randomOctets(createRandom(1), 70_000)],
  ['text', latin1(randomText(createRandom(2), 40_000, 'ab '))],
  ['far repeats', latin1(randomText(createRandom(3), 33_000, 'abcdefgh').repeat(2))],
  ['every length', latin1(Array.from({ length: 300 }, (_, i) => `${'x'.repeat(i)}${i}`).join(''))],
]

test.each(SAMPLES)('%s comes back from deflate, zlib, gzip and ZIP', (_name, octets) => {
  expect(Buffer.compare(inflateRawSync(deflate(octets)), octets)).toBe(0)
  expect(Buffer.compare(inflateSync(zlib(octets)), octets)).toBe(0)
  expect(Buffer.compare(inflateSync(zlib(octets, 0xda)), octets)).toBe(0)
  expect(Buffer.compare(gunzipSync(gzip(octets)), octets)).toBe(0)
  const archive = Buffer.from(zip('a.txt', octets))
  const packed = archive.readUInt32LE(18)
  expect(Buffer.compare(inflateRawSync(archive.subarray(35, 35 + packed)), octets)).toBe(0)
  expect(archive.readUInt32LE(14)).toBe(crc32(octets))
  expect(archive.readUInt32LE(archive.length - 6)).toBe(35 + packed)
})

test('is never much longer than what it packs', () => {
  for (const [, octets] of SAMPLES) expect(deflate(octets).length).toBeLessThanOrEqual(octets.length + 10)
  expect(deflate(new Uint8Array(70_000)).length).toBeLessThan(700)
})

test('sums as the standard does', () => {
  expect(crc32(latin1('123456789'))).toBe(0xcbf43926)
})
