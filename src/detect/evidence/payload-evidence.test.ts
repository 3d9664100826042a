import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { cut, DOMAIN, encodeBits, SAMPLE_TEXT, wireNames } from './names.testing.ts'
import { payloadEvidence } from './payload-evidence.ts'

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const IODINE32 = 'abcdefghijklmnopqrstuvwxyz012345'
const TXT = new Map([[16, 40]])
const A = new Map([[1, 40]])

const look = (prefixes: string[], qtypes = A, lookup = false) =>
  payloadEvidence(wireNames(prefixes), DOMAIN.length, { qtypes, lookup })
const hex = (text: string) => Buffer.from(text, 'latin1').toString('hex')
const octets = (text: string) => Buffer.from(text, 'latin1')

/** Noise as hexadecimal, the same for the same seed. */
function noiseHex(seed: number, length: number): string {
  const random = createRandom(seed)
  return Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('')
}

describe('scripts of nobody', () => {
  const expected = { preview: expect.stringMatching(/^customer,card,limit\\x0d\\x0aAdams,4000 1234,900/), magic: null }

  test('hexadecimal in names, joined in order', () => {
    const { decoded, style } = look(cut(hex(SAMPLE_TEXT), 30))
    expect(decoded).toMatchObject({ encoding: 'hex', ...expected })
    expect(style).toEqual({ guess: 'generic-hex', confidence: 0.8 })
  })

  test('octets cut in two by names of odd length', () => {
    expect(look(cut(hex(SAMPLE_TEXT), 31)).decoded).toMatchObject({ encoding: 'hex', ...expected })
  })

  test('base32 with a counter and a session', () => {
    const names = cut(encodeBits(octets(SAMPLE_TEXT), BASE32), 24).map((data, i) => `s3k.${i}.${data}`)
    expect(look(names).decoded).toMatchObject({ encoding: 'base32', ...expected })
    expect(look(names).style?.guess).toBe('generic-base32')
  })

  test('base64 in chunks of whole groups; without + and / it is base64url too', () => {
    const names = cut(encodeBits(octets(SAMPLE_TEXT), BASE64), 20)
    expect(look(names)).toMatchObject({
      decoded: { encoding: 'base64url', ...expected },
      style: { guess: 'generic-base64' },
    })
  })

  test('a picture', () => {
    const names = cut(hex(`\x89PNG\r\n\x1a\n\0\0\0\rIHDR${'\0\x01\x02\x03'.repeat(20)}`), 40)
    expect(look(names)).toMatchObject({ decoded: { magic: 'PNG' }, style: { guess: 'generic-hex', confidence: 0.9 } })
  })

  test('entropy before and after', () => {
    const { decoded } = look(cut(hex(SAMPLE_TEXT), 30))
    expect(decoded?.entropyBefore).toBeLessThan(4)
    expect(decoded?.entropyAfter).toBeGreaterThan(4)
  })

  test('noise is shown as octets and called nobody, since look-ups are noise too', () => {
    expect(look(cut(noiseHex(3, 640), 40))).toEqual({
      decoded: expect.objectContaining({ encoding: 'hex' }),
      style: null,
    })
    expect(look(cut(noiseHex(3, 640), 40), A, true)).toEqual({ decoded: null, style: null })
  })

  test('words, hosts and addresses say nothing', () => {
    const silent = { decoded: null, style: null }
    expect(look(['www', 'mail', 'static', 'img', 'cdn', 'login', 'shop', 'blog'])).toEqual(silent)
    expect(look(['4.3.2.1.zen', '8.7.6.5.zen', '9.9.9.9.zen', '1.2.3.4.zen'])).toEqual(silent)
    expect(look(['edge1', 'edge2', 'edge3', 'edge4', 'edge5', 'edge6', 'edge7'])).toEqual(silent)
  })
})

describe('iodine', () => {
  const greeting = [
    'vaaaakasrnm.ns',
    'laced2lnqbzejgykyd1w5ma5fggrvc1a.ns',
    'ytbuln.ns',
    'zulqaAbBcCdDeEfFgG.ns',
    'oaluly.ns',
  ]

  test('is known by its handshake', () => {
    expect(look(greeting, TXT).style).toEqual({ guess: 'iodine', confidence: 0.99 })
  })

  test('the packet comes out of its fragments', () => {
    const packet = Buffer.concat([Uint8Array.of(0, 0, 8, 0, 0x45, 0, 0, 90), octets(SAMPLE_TEXT)])
    const pieces = cut(encodeBits(deflateSync(packet), IODINE32), 80)
    // Packet 1; fragment numbers over two characters; nothing heard; the last flag is not read.
    const data = pieces.map(
      (piece, i) => `3e${IODINE32[i << 3]}a${'abcdef'[i]}${piece.slice(0, 57)}.${piece.slice(57)}.ns`,
    )
    const { decoded, style } = look([...greeting, ...data.map((name) => name.replace('..', '.'))], TXT)
    expect(decoded).toMatchObject({ encoding: 'iodine Base32, zlib', magic: 'zlib' })
    expect(decoded?.preview).toContain('customer,card,limit')
    expect(style?.guess).toBe('iodine')
  })

  test('pings alone are enough where their counter runs', () => {
    const ping = (count: number) => `p${encodeBits(Uint8Array.of(0, 3, count >> 8, count & 255), IODINE32)}`
    expect(look([500, 501, 502, 503, 505, 506].map(ping)).style).toEqual({ guess: 'iodine', confidence: 0.85 })
    expect(look([500, 9000, 12, 44_000, 505, 2].map(ping)).style).toBeNull()
  })
})

describe('dnscat2', () => {
  const message = (i: number, text: string) =>
    `${noiseHex(i, 4)}01a256${(i * 8).toString(16).padStart(4, '0')}3fc1${hex(text)}`
  const names = cut(SAMPLE_TEXT, 8).map((text, i) => message(i, text))

  test('open sessions show what they said', () => {
    const { decoded, style } = look(names.map((name) => `${name}.ns`))
    expect(decoded).toMatchObject({ encoding: 'dnscat2 hex', preview: expect.stringContaining('customer,card') })
    expect(style).toEqual({ guess: 'dnscat2', confidence: 0.98 })
  })

  test('a delegation that reads as hexadecimal is no payload', () => {
    expect(look(names.map((name) => `${name}.dc2`)).style?.guess).toBe('dnscat2')
  })

  test('spoken without a domain', () => {
    const wire = wireNames(names.map((name) => `dnscat.${name}`)).map((name) => name.subarray(0, -DOMAIN.length))
    expect(payloadEvidence(wire, 0, { qtypes: A, lookup: false }).style).toEqual({ guess: 'dnscat2', confidence: 0.98 })
  })

  test('hashes are not sessions', () => {
    const hashes = Array.from({ length: 12 }, (_, i) => `${noiseHex(i, 32)}.hash`)
    expect(look(hashes).style).toBeNull()
  })
})

describe('dns2tcp', () => {
  const packet = (sequence: number, type: number, text = '') =>
    encodeBits(octets(`\x5b\x0a\0\0\0${String.fromCharCode(sequence, type)}${text}`), BASE64)

  test('is known by its commands', () => {
    const names = [
      'AAAAAPMQAA.=auth',
      'AAAAAFOWAA.=auth',
      `${packet(0, 0, 'ssh')}.=connect`,
      packet(1, 4),
      packet(2, 4),
    ]
    expect(look(names, TXT)).toMatchObject({
      style: { guess: 'dns2tcp', confidence: 0.99 },
      decoded: { preview: 'ssh' },
    })
  })

  test('is known by its sequence numbers, below a delegation', () => {
    const names = cut(SAMPLE_TEXT, 20).map((text, i) => `${packet(i, 8, text)}.www`)
    const { decoded, style } = look(names, TXT)
    expect(style).toEqual({ guess: 'dns2tcp', confidence: 0.93 })
    expect(decoded).toMatchObject({ encoding: 'dns2tcp base64', preview: expect.stringContaining('customer,card') })
  })
})

describe('DET', () => {
  const job = 'Kc46XuL'
  const slices = (message: string) => cut(hex(message), 48).map((slice) => `${job}${slice}.ns`)
  const register = slices(`${job}|!|small.csv|!|REGISTER|!|7c3345ee531c00b9bc05179`)

  test('its messages are text', () => {
    const { decoded, style } = look([...register, ...slices(`${job}|!|0|!|${noiseHex(5, 200)}`)])
    expect(style).toEqual({ guess: 'DET', confidence: 0.99 })
    expect(decoded).toMatchObject({
      encoding: 'DET hex of messages',
      preview: expect.stringContaining('small.csv|!|REGISTER'),
    })
  })

  test("without its cipher the file's own octets come out, packed or not", () => {
    const plain = look([...register, ...slices(`${job}|!|0|!|${hex(SAMPLE_TEXT)}`), ...slices(`${job}|!|1|!|DONE`)])
    expect(plain.decoded).toMatchObject({
      encoding: 'DET double hex',
      preview: expect.stringMatching(/^customer,card/),
    })
    const packed = look([...register, ...slices(`${job}|!|0|!|${deflateSync(SAMPLE_TEXT).toString('hex')}`)])
    expect(packed.decoded).toMatchObject({ magic: 'zlib', preview: expect.stringMatching(/^customer,card/) })
  })
})

describe('DNSExfiltrator', () => {
  const base64url = (text: string) => encodeBits(octets(text), BASE64.replace('+/', '-_'))
  const chunks = (data: string) => cut(data, 46).map((chunk, i) => `${i}.${cut(chunk, 23).join('.')}`)

  test('is known by its opening, and shows the file it names', () => {
    const noise = base64url(Buffer.from(noiseHex(9, 400), 'hex').toString('latin1'))
    const { decoded, style } = look([`init.${base64url('secret.docx|8')}.base64`, ...chunks(noise)], TXT)
    expect(style).toEqual({ guess: 'DNSExfiltrator', confidence: 0.98 })
    expect(decoded).toMatchObject({ preview: 'secret.docx|8' })
  })

  test('is likely from its chunks alone, where it asks TXT and nothing else', () => {
    const noise = base64url(Buffer.from(noiseHex(9, 600), 'hex').toString('latin1'))
    expect(look(chunks(noise), TXT).style).toEqual({ guess: 'DNSExfiltrator', confidence: 0.75 })
    expect(look(chunks(noise), A).style?.guess).not.toBe('DNSExfiltrator')
  })
})
