import { expect, test } from 'vitest'
import { createRandom, randomInteger } from '../../stats/random.ts'
import { cut, DOMAIN, encodeBits, SAMPLE_TEXT, wireNames } from './names.testing.ts'
import { type PayloadEvidence, payloadEvidence } from './payload-evidence.ts'

const MUTATIONS = 20_000
const SILENT = { decoded: null, style: null }
const facts = { qtypes: new Map([[16, 9]]), lookup: false }

/** What holds of every answer, whatever was asked. */
function check({ decoded, style }: PayloadEvidence): void {
  if (style) {
    expect(style.confidence).toBeGreaterThanOrEqual(0)
    expect(style.confidence).toBeLessThanOrEqual(1)
  }
  if (!decoded) return
  expect(decoded.preview).toMatch(/^[ -~]+$/)
  expect(decoded.preview.length).toBeLessThanOrEqual(256)
  expect(decoded.entropyBefore).toBeGreaterThanOrEqual(0)
  expect(decoded.entropyAfter).toBeLessThanOrEqual(8)
}

test('names that are no names', () => {
  const bare = Array.from({ length: 12 }, () => DOMAIN)
  for (const names of [[], [new Uint8Array(0)], bare, [Uint8Array.of(63, 1, 2)], [Uint8Array.of(0, 0, 0)]]) {
    for (const domainOctets of [0, DOMAIN.length, 255, -1, Number.NaN]) {
      expect(payloadEvidence(names, domainOctets, facts)).toEqual(SILENT)
    }
  }
})

test('127 labels, 8-bit octets, all alike, and far too many', () => {
  const labels127 = Array.from({ length: 127 }, (_, i) => 'abcdef0123456789'[i % 16]).join('.')
  const sets = [
    wireNames(Array.from({ length: 12 }, () => labels127)),
    wireNames(Array.from({ length: 12 }, (_, i) => String.fromCharCode(200 + i).repeat(40 + i))),
    wireNames(Array.from({ length: 12 }, () => 'aaaa')),
    wireNames(Array.from({ length: 32 }, () => '41'.repeat(30))),
    wireNames(Array.from({ length: 5000 }, (_, i) => `n${i}`)),
    wireNames(Array.from({ length: 12 }, () => '\x1b[31m\r\n=cmd|\x00')),
  ]
  for (const names of sets) {
    const evidence = payloadEvidence(names, DOMAIN.length, facts)
    check(evidence)
    expect(evidence.style?.guess ?? null).toBeNull()
  }
})

test('numbers as long as a name has room for', () => {
  const full = Array.from({ length: 32 }, (_, i) => cut(String(i).padEnd(236, '7'), 59).join('.'))
  check(payloadEvidence(wireNames(full), DOMAIN.length, facts))
})

test('a bomb of zeros in zlib stays small', () => {
  const bomb = encodeBits(Uint8Array.of(0x78, 0x9c, 0xed, 0xc1, 0x01, 0x01), 'abcdefghijklmnopqrstuvwxyz012345')
  check(
    payloadEvidence(wireNames(Array.from({ length: 8 }, (_, i) => `0ea${i}a${bomb.repeat(5)}`)), DOMAIN.length, facts),
  )
})

test(`never throws, in ${MUTATIONS} mutated sets of names`, () => {
  const seeds = seedSets()
  const random = createRandom(20_261_122)
  for (let i = 0; i < MUTATIONS; i++) {
    const seed = seeds[i % seeds.length]
    const names = seed.slice(randomInteger(random, 3)).map((name) => Uint8Array.from(name))
    for (let hits = randomInteger(random, 6); hits >= 0; hits--) mutate(names, random)
    const domainOctets = random() < 0.9 ? DOMAIN.length : randomInteger(random, 300) - 10
    const evidence = payloadEvidence(names, domainOctets, { ...facts, lookup: random() < 0.1 })
    if (i % 16 === 0) check(evidence)
  }
})

/** Small sets in the shape of every tool. */
function seedSets(): Uint8Array[][] {
  const hex = Buffer.from(SAMPLE_TEXT).toString('hex')
  return [
    cut(hex, 40),
    cut(hex, 24).map((piece, i) => `${i}.${piece}`),
    ['vaaaakasrnm', 'laced2lnqbzejgykyd1w5ma5fggrvc1a', 'ytbuln', 'zulqaAbBcCdDeEfFgG', '0eabax3p4aaamaaa'],
    cut(hex, 16).map((piece, i) => `ab${10 + i}01a2560${i % 10}003fc1${piece}`),
    ['AAAAAPMQAA.=auth', 'WwphOsd+AHNvY2F0.=connect', 'WwoAAAABBA', 'WwoAAQACBA', 'WwoAAAALCHJvb3QK'],
    cut(Buffer.from(`Kc46XuL|!|0|!|${hex.slice(0, 60)}`).toString('hex'), 40).map((piece) => `Kc46XuL${piece}`),
    ['init.c2VjcmV0LmRvY3h8OA.base64', '0.aGVsbG8gd29ybGQ.aGVs', '1.aGVsbG8gd29ybGQ.aGVs', '2.aGVsbG8gd29ybGQ.aGVs'],
    ['www', 'mail', 'a.b.c', 'static-1', 'static-2'],
  ].map(wireNames)
}

function mutate(names: Uint8Array[], random: () => number): void {
  const at = randomInteger(random, names.length)
  const name = names[at]
  const kind = randomInteger(random, 5)
  if (kind === 0) name[randomInteger(random, name.length)] = randomInteger(random, 256)
  else if (kind === 1) names[at] = name.slice(0, randomInteger(random, name.length + 1))
  else if (kind === 2) names[at] = names[randomInteger(random, names.length)]
  else if (kind === 3) names[at] = Uint8Array.from(name, (octet) => (random() < 0.2 ? octet ^ 0x20 : octet))
  else
    names[at] = Buffer.concat([
      name.slice(0, 5),
      Uint8Array.from({ length: randomInteger(random, 250) }, () => random() * 256),
    ])
}
