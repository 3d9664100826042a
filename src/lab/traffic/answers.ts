import { randomInteger } from '../../stats/random.ts'
import { composeName } from '../names.ts'
import { randomOctets, randomText } from '../noise.ts'
import { joinOctets, latin1, octets16 } from '../octets.ts'
import { QTYPE } from '../qtypes.ts'
import { type AnswerRecord, wireOctets } from '../wire/message.ts'

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'
const TEXT_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
/** SvcParamKey of private use (RFC 9460 14.3.2). */
const PRIVATE_KEY = 65_400
const LABEL_MAX = 60

/** How many payload octets one answer of a type can carry, as tools use it. */
const CARRIES: Readonly<Record<number, number>> = {
  [QTYPE.A]: 4 * 8,
  [QTYPE.AAAA]: 16 * 6,
  [QTYPE.TXT]: 150,
  [QTYPE.NULL]: 300,
  [QTYPE.CNAME]: 100,
  [QTYPE.MX]: 100,
  [QTYPE.SRV]: 100,
  [QTYPE.HTTPS]: 200,
}

/** Types a transfer may ask for; each carries something down. */
export const CARRIER_TYPES: readonly number[] = Object.keys(CARRIES).map(Number)

export function octetsCarried(qtype: number): number {
  return CARRIES[qtype] ?? 0
}

/** An answer of the type that carries these octets, each type by the way tools use it. */
export function carrierAnswer(qtype: number, octets: Uint8Array, zone: string): AnswerRecord[] {
  const record = (rdata: Uint8Array): AnswerRecord => ({ type: qtype, rdata })
  const target = () => wireOctets(composeName(base32Labels(octets), zone))
  if (qtype === QTYPE.A) return cut(octets, 4).map(record)
  if (qtype === QTYPE.AAAA) return cut(octets, 16).map(record)
  if (qtype === QTYPE.TXT) return [record(characterString(latin1(Buffer.from(octets).toString('base64'))))]
  if (qtype === QTYPE.CNAME) return [record(target())]
  if (qtype === QTYPE.MX) return [record(joinOctets(octets16(10), target()))]
  if (qtype === QTYPE.SRV) return [record(joinOctets(octets16(10), octets16(0), octets16(53), target()))]
  if (qtype === QTYPE.HTTPS) {
    const value = joinOctets(octets16(PRIVATE_KEY), octets16(octets.length), octets)
    return [record(joinOctets(octets16(1), Uint8Array.of(0), value))]
  }
  return [record(octets)]
}

/** An answer as an ordinary server gives it. */
export function plainAnswer(qtype: number, octets: number, qname: string, random: () => number): AnswerRecord[] {
  if (qtype === QTYPE.A || qtype === QTYPE.AAAA) {
    const size = qtype === QTYPE.A ? 4 : 16
    const count = Math.max(1, Math.min(8, Math.round(octets / size)))
    return Array.from({ length: count }, () => ({ type: qtype, rdata: randomOctets(random, size) }))
  }
  if (qtype === QTYPE.TXT) {
    const text = randomText(random, Math.max(1, Math.min(250, octets)), TEXT_ALPHABET)
    return [{ type: qtype, rdata: characterString(latin1(text)) }]
  }
  const host = composeName([`h${randomInteger(random, 1000)}`], zoneOf(qname))
  if (qtype === QTYPE.CNAME) return [{ type: qtype, rdata: wireOctets(host) }]
  if (qtype === QTYPE.MX) return [{ type: qtype, rdata: joinOctets(octets16(10), wireOctets(host)) }]
  if (qtype === QTYPE.SRV) {
    return [{ type: qtype, rdata: joinOctets(octets16(0), octets16(5), octets16(443), wireOctets(host)) }]
  }
  if (qtype === QTYPE.HTTPS) {
    const alpn = joinOctets(octets16(1), octets16(3), Uint8Array.of(2, 0x68, 0x32))
    return [{ type: qtype, rdata: joinOctets(octets16(1), Uint8Array.of(0), alpn) }]
  }
  if (qtype === PTR) return [{ type: qtype, rdata: wireOctets(`h${randomInteger(random, 1000)}.example`) }]
  return [{ type: qtype, rdata: randomOctets(random, Math.max(1, octets)) }]
}

const PTR = 12

/** The last two labels: where a made-up server has its host. */
function zoneOf(qname: string): string {
  return qname.split('.').slice(-2).join('.')
}

/** Text of a TXT record in strings of 255 octets at most (RFC 1035 3.3.14). */
function characterString(text: Uint8Array): Uint8Array {
  return joinOctets(...cut(text, 255).map((piece) => joinOctets(Uint8Array.of(piece.length), piece)))
}

function base32Labels(octets: Uint8Array): string[] {
  let text = ''
  let [bits, held] = [0, 0]
  for (const octet of octets) {
    bits = (bits << 8) | octet
    held += 8
    while (held >= 5) {
      held -= 5
      text += BASE32[(bits >>> held) & 31]
    }
    bits &= (1 << held) - 1
  }
  if (held > 0) text += BASE32[(bits << (5 - held)) & 31]
  const labels: string[] = []
  for (let at = 0; at < text.length; at += LABEL_MAX) labels.push(text.slice(at, at + LABEL_MAX))
  return labels
}

/** Pieces of `size`, the last one filled up with noughts. */
function cut(octets: Uint8Array, size: number): Uint8Array[] {
  const isText = size === 255
  const pieces: Uint8Array[] = []
  for (let at = 0; at < octets.length; at += size) {
    const piece = octets.subarray(at, at + size)
    pieces.push(isText || piece.length === size ? piece : joinOctets(piece, new Uint8Array(size - piece.length)))
  }
  return pieces
}
