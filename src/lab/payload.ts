import { randomInteger } from '../stats/random.ts'
import { crc32, gzip } from './containers.ts'
import { pick, randomOctets } from './noise.ts'
import { joinOctets, latin1, octets32 } from './octets.ts'
import { words } from './words.ts'

/** What a payload begins as. */
export type PayloadKind = 'text' | 'gzip' | 'png' | 'pdf' | 'random'

const makers: Record<PayloadKind, (octets: number, random: () => number) => Uint8Array> = {
  text: makeText,
  gzip: makeGzip,
  png: makePng,
  pdf: makePdf,
  random: (octets, random) => randomOctets(random, octets),
}

export const payloadKinds = Object.keys(makers) as readonly PayloadKind[]

/**
 * Exactly this many octets of a file of that kind. All but `text` and `random` are cut where they must be, so a whole
 * gunzip fails at the end: what is kept is the beginning that evidence knows a file by.
 *
 * @example
 * makePayload('png', 4, createRandom(1)) // 89 50 4e 47
 */
export function makePayload(kind: PayloadKind, octets: number, random: () => number): Uint8Array {
  return makers[kind](octets, random).subarray(0, octets)
}

/** Lines as an export of customers has them. */
function makeText(octets: number, random: () => number): Uint8Array {
  let text = 'id,name,mail,amount,date,remark\r\n'
  for (let id = 1000 + randomInteger(random, 9000); text.length < octets; id++) {
    const name = pick(random, words)
    const amount = (randomInteger(random, 10_000_000) / 100).toFixed(2)
    const day = `2026-${two(1 + randomInteger(random, 12))}-${two(1 + randomInteger(random, 28))}`
    text += `${id},${name},${name}@${pick(random, words)}.example,${amount},${day},${pick(random, words)}\r\n`
  }
  return latin1(text)
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

function makeGzip(octets: number, random: () => number): Uint8Array {
  for (let size = 64 + octets; ; size *= 2) {
    const packed = gzip(makeText(size, random).subarray(0, size))
    if (packed.length >= octets) return packed
  }
}

/** Signature, header and one data chunk with right lengths and sums around noise (PNG, ISO/IEC 15948 5). */
function makePng(octets: number, random: () => number): Uint8Array {
  const header = joinOctets(octets32(640), octets32(480), Uint8Array.of(8, 2, 0, 0, 0))
  const data = joinOctets(Uint8Array.of(0x78, 0x9c), randomOctets(random, octets))
  const chunks = [chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', new Uint8Array(0))]
  return joinOctets(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), ...chunks)
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = joinOctets(latin1(type), data)
  return joinOctets(octets32(data.length), body, octets32(crc32(body)))
}

function makePdf(octets: number, random: () => number): Uint8Array {
  const start = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n'
  const stream = `4 0 obj\n<</Filter/FlateDecode/Length ${octets}>>\nstream\n`
  return joinOctets(latin1(start + stream), randomOctets(random, octets), latin1('\nendstream\nendobj\n%%EOF\n'))
}
