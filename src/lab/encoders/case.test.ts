import { expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { makePayload } from '../payload.ts'
import { findEncoder } from './index.ts'

/** What passes a resolver that changes the case of letters (0x20) unharmed, and what does not. */
const UNHARMED =
  'hex hex-long base32 base32-short base32-long base32hex base36 decimal words word-labels counter'.split(' ')
const BROKEN = ['base64url', 'case-bits', 'dns2tcp', 'iodine-base128', 'dnsexfiltrator-plain']

const payload = makePayload('text', 2000, createRandom(1))
const zone = 'x.data.test'

function shouted(name: string): Uint8Array {
  const encoder = findEncoder(name)!
  const names = encoder.encode(payload, zone, createRandom(2)).map(({ qname }) => qname.toUpperCase())
  return encoder.decode!(names, zone)
}

test.each([
  ...UNHARMED,
  'short-labels',
  'reversed-address',
  'md5-shape',
  'uuid-shape',
  'dnscat2-plain',
  'iodine-base32',
])('%s comes through in capitals', (name) => {
  expect(Buffer.compare(shouted(name), payload)).toBe(0)
})

test.each(BROKEN)('%s does not', (name) => {
  let heard: Uint8Array | undefined
  try {
    heard = shouted(name)
  } catch {
    // What the case carried was a compressed packet.
  }
  expect(heard && Buffer.compare(heard, payload) === 0).toBeFalsy()
})
