import { growBytes } from '../../batch/grow.ts'
import { unescapeZeek } from './unescape.ts'

const SPACE = 0x20
const TXT = 16
const SPF = 99

/** Words Zeek puts in front of the fields of record types whose RDATA is not a name. */
const RAW_WORDS = [
  'RRSIG',
  'DNSKEY',
  'DS',
  'NSEC',
  'NSEC3',
  'NSEC3PARAM',
  'LOC',
  'SSHFP',
  'CAA',
  'SVCB',
  'HTTPS',
  'BINDS',
]

/**
 * A TXT or SPF answer as Zeek writes it: `TXT 5 hello TXT 3 you`, the length and then the octets of each
 * character-string (scripts/base/protocols/dns/main.zeek, dns_TXT_reply).
 */
export class TextAnswer {
  /** The answer without escapes. */
  bytes: Uint8Array = new Uint8Array(512)
  length = 0
  /** Octets of the character-strings without the words and lengths around them. */
  payloadOctets = 0

  /** Reads the answer where it is text; false where it is not. A length that promises too much counts what is there. */
  read(bytes: Uint8Array, start: number, end: number, qtype: number): boolean {
    const worded = isWorded(bytes, start, end)
    if (!worded && qtype !== TXT && qtype !== SPF) return false
    // A TXT question may be answered by a CNAME first: without the word only what no name looks like is text.
    if (!worded && !hasSpace(bytes, start, end)) return false
    if (end - start > this.bytes.length) this.bytes = growBytes(this.bytes, end - start)
    this.length = unescapeZeek(bytes, start, end, this.bytes, 0)
    this.payloadOctets = worded ? this.sumStrings() : this.length
    return true
  }

  private sumStrings(): number {
    let octets = 0
    let at = 0
    while (at < this.length) {
      if (!isWorded(this.bytes, at, this.length)) return octets + this.length - at
      let length = 0
      let i = at + 4
      while (i < this.length && this.bytes[i] !== SPACE) length = length * 10 + this.bytes[i++] - 0x30
      i++
      const there = Math.max(0, Math.min(length, this.length - i))
      octets += there
      at = i + there + 1
    }
    return octets
  }
}

/** Whether the octets begin with `TXT ` or `SPF `, one to five digits and a blank or the end. */
function isWorded(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start]
  if ((first !== 0x54 && first !== 0x53) || end - start < 5) return false
  const txt = first === 0x54 && bytes[start + 1] === 0x58 && bytes[start + 2] === 0x54
  const spf = first === 0x53 && bytes[start + 1] === 0x50 && bytes[start + 2] === 0x46
  if ((!txt && !spf) || bytes[start + 3] !== SPACE) return false
  let i = start + 4
  while (i < end && i < start + 9 && bytes[i] >= 0x30 && bytes[i] <= 0x39) i++
  return i > start + 4 && (i === end || bytes[i] === SPACE)
}

function hasSpace(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === SPACE) return true
  return false
}

/**
 * Where the fields of an answer begin that is neither address, text nor name (`DS 20326 8 2`, `<unknown type=65>`);
 * -1 where it may be a name. An unknown type has no fields: its octets were not logged.
 */
export function rawTextStart(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] === 0x3c && bytes[end - 1] === 0x3e) return end
  if (bytes[start] < 0x41 || bytes[start] > 0x5a) return -1
  for (const word of RAW_WORDS) {
    const wordEnd = start + word.length
    if (wordEnd >= end || bytes[wordEnd] !== SPACE) continue
    let i = 0
    while (i < word.length && bytes[start + i] === word.charCodeAt(i)) i++
    if (i === word.length) return wordEnd + 1
  }
  return -1
}
