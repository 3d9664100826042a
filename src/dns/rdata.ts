import { hashed, hashWords, mix } from '../stats/hash.ts'
import { ANSWER_KIND, type DnsMessage, malformedBit, NAME_ROOM, TARGETS_MAX } from './message.ts'
import { nameRead, readName, skipName } from './read-name.ts'

const RDATA_INVALID = malformedBit('rdata-invalid')
const BUDGET = malformedBit('name-budget')

const A = 1
const SOA = 6
const TXT = 16
const AAAA = 28
const SVCB = 64
const HTTPS = 65

/** Octets of SOA behind its two names: serial, refresh, retry, expire, minimum (RFC 1035 3.3.13). */
const SOA_FIXED_OCTETS = 20

/**
 * Books the RDATA of one answer record: octets by kind, the hash, targets.
 *
 * Every octet is booked once, since a channel takes the place nobody counts: a target's name uncompressed, a TXT
 * without its length octets, and what stands around a name (preference, SVCB parameters, the rest of SOA) as raw.
 * RDATA whose inner lengths do not fit is raw as a whole.
 */
export function bookAnswer(
  bytes: Uint8Array,
  messageStart: number,
  type: number,
  at: number,
  rdataEnd: number,
  end: number,
  out: DnsMessage,
): void {
  const length = rdataEnd - at
  const nameOffset = targetOffset(type)
  if (nameOffset >= 0 && bookTarget(bytes, messageStart, type, at, nameOffset, rdataEnd, end, out)) return
  hashWords(bytes, at, length, type, false)
  addHash(hashed.lo, hashed.hi, out)
  if (type === TXT) {
    const octets = textOctets(bytes, at, rdataEnd)
    if (octets >= 0) out.answerOctets[ANSWER_KIND.text] += octets
    else bookInvalid(length, out)
  } else if (type === A || type === AAAA) {
    if (length === (type === A ? 4 : 16)) out.answerOctets[ANSWER_KIND.address] += length
    else bookInvalid(length, out)
  } else {
    out.answerOctets[ANSWER_KIND.raw] += length
  }
}

function bookInvalid(length: number, out: DnsMessage): void {
  out.malformed |= RDATA_INVALID
  out.answerOctets[ANSWER_KIND.raw] += length
}

/** Sums, not exclusive-or: order is left out and two equal records do not cancel. */
function addHash(lo: number, hi: number, out: DnsMessage): void {
  out.answerHashLo = (out.answerHashLo + lo) >>> 0
  out.answerHashHi = (out.answerHashHi + hi) >>> 0
}

/** Octets in front of the target name in RDATA; -1 for types without one, or whose name we leave raw. */
function targetOffset(type: number): number {
  switch (type) {
    case 2: // NS
    case 5: // CNAME
    case SOA:
    case 12: // PTR
    case 39: // DNAME
      return 0
    case 15: // MX: preference
    case SVCB: // SvcPriority
    case HTTPS:
      return 2
    case 33: // SRV: priority, weight, port
      return 6
    default:
      return -1
  }
}

/** Sum of the character-strings' contents (RFC 1035 3.3.14), or -1 where they do not end with the RDATA. */
function textOctets(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return -1
  let octets = 0
  let at = start
  while (at < end) {
    octets += bytes[at]
    at += 1 + bytes[at]
  }
  return at === end ? octets : -1
}

/**
 * A target is hashed uncompressed and case-folded, so that neither compression nor 0x20 case play (which resolvers
 * echo) make an answer look new; of SOA only the fixed end is added, as its second name may be compressed too.
 * Returns false, and books nothing, where the RDATA does not fit its type.
 */
function bookTarget(
  bytes: Uint8Array,
  messageStart: number,
  type: number,
  at: number,
  offset: number,
  rdataEnd: number,
  end: number,
  out: DnsMessage,
): boolean {
  // Into its place at once, or, past the last that is kept, behind it.
  const place = out.targetCount * NAME_ROOM
  const length = readName(bytes, messageStart, at + offset, rdataEnd, end, out.names, NAME_ROOM + place)
  const nameEnd = nameRead.end
  if (nameRead.malformed !== 0) {
    out.malformed |= nameRead.malformed
    if (nameRead.malformed !== BUDGET) out.malformed |= RDATA_INVALID
    return false
  }
  if (!restFits(bytes, messageStart, type, nameEnd, rdataEnd)) {
    out.malformed |= RDATA_INVALID
    return false
  }
  out.answerOctets[ANSWER_KIND.target] += length
  out.answerOctets[ANSWER_KIND.raw] += offset + rdataEnd - nameEnd
  hashWords(bytes, at, offset, type, false)
  let lo = hashed.lo
  let hi = hashed.hi
  const restStart = type === SOA ? rdataEnd - SOA_FIXED_OCTETS : nameEnd
  hashWords(bytes, restStart, rdataEnd - restStart, type, false)
  lo = mix(lo, hashed.lo)
  hi = mix(hi, hashed.hi)
  hashWords(out.targets, place, length, type, true)
  addHash(mix(lo, hashed.lo), mix(hi, hashed.hi), out)
  // The root as target says "none" (MX, SRV) or "the owner" (SVCB): no name that could be asked later.
  if (length > 0 && out.targetCount < TARGETS_MAX) {
    out.targetLengths[out.targetCount] = length
    out.targetTypes[out.targetCount] = type
    out.targetCount++
  }
  return true
}

/** Whether the RDATA behind its (first) name has the shape its type demands. */
function restFits(bytes: Uint8Array, messageStart: number, type: number, at: number, end: number): boolean {
  if (type === SVCB || type === HTTPS) return paramsFit(bytes, at, end)
  if (type !== SOA) return at === end
  skipName(bytes, messageStart, at, end)
  return nameRead.malformed === 0 && nameRead.end + SOA_FIXED_OCTETS === end
}

/** RFC 9460 2.2: `key (16) | length (16) | value`, keys strictly ascending. */
function paramsFit(bytes: Uint8Array, start: number, end: number): boolean {
  let last = -1
  let at = start
  while (at < end) {
    if (at + 4 > end) return false
    const key = (bytes[at] << 8) | bytes[at + 1]
    if (key <= last) return false
    last = key
    at += 4 + ((bytes[at + 2] << 8) | bytes[at + 3])
  }
  return at === end
}
