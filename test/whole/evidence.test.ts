import { describe, expect, test } from 'vitest'
import { payloadEvidence } from '../../src/detect/evidence/payload-evidence.ts'
import { previewText } from '../../src/detect/evidence/preview.ts'
import { parseName } from '../../src/dns/name.ts'
import { encoders, findEncoder } from '../../src/lab/encoders/index.ts'
import { lookupShapes } from '../../src/lab/lookups/index.ts'
import { makePayload, type PayloadKind } from '../../src/lab/payload.ts'
import { createRandom } from '../../src/stats/random.ts'

const ZONE = 't1.data.example'
const DOMAIN_OCTETS = wire('data.example').length
const NAMES = 32
const OWN_OCTETS = 24

function wire(name: string): Uint8Array {
  const out = new Uint8Array(512)
  return out.slice(0, parseName(name, out, 0))
}

function evidenceOf(names: readonly { qname: string; qtype: number }[], domainOctets = DOMAIN_OCTETS) {
  const qtypes = new Map<number, number>()
  for (const { qtype } of names) qtypes.set(qtype, (qtypes.get(qtype) ?? 0) + 1)
  const novel = [...new Set(names.map((name) => name.qname))].slice(0, NAMES).map(wire)
  return payloadEvidence(novel, domainOctets, { qtypes, lookup: false })
}

function look(encoder: string, kind: PayloadKind, seed = 7) {
  const payload = makePayload(kind, 2000, createRandom(seed))
  const names = findEncoder(encoder)!.encode(payload, ZONE, createRandom(seed + 1))
  return { ...evidenceOf(names), own: previewText(payload.subarray(0, OWN_OCTETS)) }
}

const TOOLS = {
  DET: ['det', 'det-zlib', 'det-plain'],
  iodine: ['iodine-base32', 'iodine-base64', 'iodine-base64u', 'iodine-base128'],
  dnscat2: ['dnscat2', 'dnscat2-plain'],
  dns2tcp: ['dns2tcp'],
  DNSExfiltrator: ['dnsexfiltrator', 'dnsexfiltrator-small', 'dnsexfiltrator-base32', 'dnsexfiltrator-plain'],
} as const

/** Encoders whose payload stands in the names as it is, and what the script is called. */
const OPEN = {
  'generic-hex': ['hex', 'hex-long', 'md5-shape'],
  'generic-base32': ['base32', 'base32-short', 'base32-long', 'base32hex', 'counter', 'short-labels'],
  'generic-base64': ['base64url', 'base64url-long'],
  'generic-base36': ['base36'],
  'generic-decimal': ['decimal', 'decimal-octets'],
} as const

describe.each(Object.entries(TOOLS))('%s is recognised', (tool, names) => {
  test.each(names)('%s', (encoder) => {
    for (const kind of ['text', 'gzip', 'random'] as const) expect(look(encoder, kind).style?.guess, kind).toBe(tool)
  })
})

describe.each(Object.entries(OPEN))('%s: the file reappears', (style, names) => {
  test.each(names)('%s', (encoder) => {
    for (const kind of ['text', 'gzip', 'png', 'pdf'] as const) {
      const { decoded, own, style: guessed } = look(encoder, kind)
      expect(decoded?.preview.startsWith(own), `${kind}: ${decoded?.preview}`).toBe(true)
      expect(decoded?.magic?.toLowerCase() ?? 'text').toBe(kind)
      expect(guessed?.guess).toBe(style)
    }
  })
})

test.each(['det-zlib', 'det-plain', 'dns2tcp', 'dnscat2-plain', 'dnsexfiltrator-plain'])(
  '%s: the file reappears',
  (name) => {
    for (const kind of ['text', 'gzip', 'png', 'pdf'] as const) {
      const { decoded, own } = look(name, kind)
      expect(decoded?.preview.startsWith(own), `${kind}: ${decoded?.preview}`).toBe(true)
    }
  },
)

test.each(['iodine-base32', 'iodine-base64', 'iodine-base128'])('%s: an IP packet reappears', (name) => {
  expect(look(name, 'text').decoded).toMatchObject({
    magic: 'zlib',
    preview: expect.stringMatching(/^\\x00\\x00\\x08\\x00E/),
  })
})

test('no encoding is read as another: what is shown of an open payload is the payload', () => {
  const told = new Set<string>([...Object.values(TOOLS), ...Object.values(OPEN)].flat())
  for (const encoder of encoders.filter(({ name }) => !told.has(name))) {
    for (const kind of ['text', 'gzip', 'png', 'pdf'] as const) {
      const { decoded, own } = look(encoder.name, kind)
      if (decoded) expect(decoded.preview.startsWith(own), `${encoder.name} ${kind}: ${decoded.preview}`).toBe(true)
    }
  }
})

test.each(lookupShapes.map((shape) => [shape.name, shape] as const))('look-ups have no tool: %s', (_, shape) => {
  for (let seed = 1; seed <= 20; seed++) {
    for (const asked of [8, 16, 32]) {
      const names = shape.ask(asked, createRandom(seed))
      expect(evidenceOf(names, wire(shape.zone).length).style).toBeNull()
    }
  }
})
