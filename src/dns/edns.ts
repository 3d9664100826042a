import { type DnsMessage, malformedBit } from './message.ts'

/** Record type of the EDNS pseudo-record. */
export const TYPE_OPT = 41

const OPT_INVALID = malformedBit('opt-invalid')
const ECS = 8
const COOKIE = 10
const PADDING = 12

/**
 * Reads one OPT record into `out`; `at` is behind the owner name, the record's RDATA is `[rdataStart, rdataEnd)`.
 *
 * ```
 *  owner 0 | type 41 (16) | class: UDP payload size (16) | TTL: extended rcode (8), version (8), DO, Z (16) | RDLENGTH
 *  RDATA:  option code (16) | option length (16) | that many octets | next option ...
 * ```
 * RFC 6891 6.1.2. Options are where a channel hides from name-based detection, so whatever is not as it should be (an
 * option past its end, a client subnet longer than its prefix) is flagged and its octets are booked as unknown. So
 * is all of an OPT that is not `standing`: the second of a message, outside the additional section, or with an owner.
 */
export function readOpt(
  bytes: Uint8Array,
  at: number,
  rdataStart: number,
  rdataEnd: number,
  standing: boolean,
  out: DnsMessage,
): void {
  if (!standing) {
    out.malformed |= OPT_INVALID
    out.ednsUnknownOctets += rdataEnd - rdataStart
    return
  }
  out.ednsSizeBytes = (bytes[at + 2] << 8) | bytes[at + 3]
  out.rcode = (bytes[at + 4] << 4) | (out.flags & 0xf)
  let option = rdataStart
  while (option < rdataEnd) {
    if (option + 4 > rdataEnd) {
      out.malformed |= OPT_INVALID
      out.ednsUnknownOctets += rdataEnd - option
      return
    }
    const code = (bytes[option] << 8) | bytes[option + 1]
    const length = (bytes[option + 2] << 8) | bytes[option + 3]
    option += 4
    if (option + length > rdataEnd) {
      out.malformed |= OPT_INVALID
      out.ednsUnknownOctets += rdataEnd - option
      return
    }
    if (code === PADDING) readPadding(bytes, option, length, out)
    else if (!isKnown(code)) out.ednsUnknownOctets += length
    else if (!optionFits(bytes, code, option, length)) {
      out.malformed |= OPT_INVALID
      out.ednsUnknownOctets += length
    }
    option += length
  }
}

/** LLQ 1, UL 2, NSID 3, DAU/DHU/N3U 5-7, ECS 8, EXPIRE 9, COOKIE 10, keepalive 11, PADDING, CHAIN, KEY-TAG, EDE 15. */
function isKnown(code: number): boolean {
  return code <= 15 && code !== 0 && code !== 4
}

/** RFC 7871 6 (client subnet: family, prefix lengths, just the prefix's octets) and RFC 7873 4 (cookies). */
function optionFits(bytes: Uint8Array, code: number, at: number, length: number): boolean {
  if (code === COOKIE) return length === 8 || (length >= 16 && length <= 40)
  if (code !== ECS) return true
  if (length < 4) return false
  const family = (bytes[at] << 8) | bytes[at + 1]
  const prefixBits = bytes[at + 2]
  if (prefixBits > (family === 1 ? 32 : family === 2 ? 128 : 0)) return false
  return length === 4 + ((prefixBits + 7) >> 3)
}

/** RFC 7830 3: padding should be zero octets; any other is a place for data. */
function readPadding(bytes: Uint8Array, at: number, length: number, out: DnsMessage): void {
  out.paddingOctets += length
  for (let i = at; i < at + length; i++) {
    if (bytes[i] !== 0) {
      out.paddingNonZero = true
      return
    }
  }
}
