import type { PublicSuffixes } from '../../dns/public-suffix.ts'
import { createSuffixSplit } from '../../dns/public-suffix.ts'

/** Octets of one message that are kept at most; what comes behind says the same again. */
export const MASKED_OCTETS_MAX = 1024
const HEADER_OCTETS = 12
const NAME_OCTETS_MAX = 255
const FLAG_QR = 0x80
const POINTER = 0xc0

/**
 * What a model of octets may see of a DNS message (RFC 1035 4.1): the question's name in front of its registered domain, its type and
 * class; of an answer also the type, length and data of its records, without the domain's octets where they come again.
 *
 * ```
 * header 12 | QNAME = prefix + domain + 0 | type class | records: name | type | class ttl | length | data | additional
 *   left out         kept     left out        kept                 out   kept     out         kept    kept    out
 * ```
 * Ids, flags, counts, TTLs and EDNS are whatever the host made of them, and the domain is whose tunnel it was: none of them is what a
 * tunnel says. Nothing here sees a label.
 */
export class MaskedOctets {
  readonly octets: Uint8Array = new Uint8Array(MASKED_OCTETS_MAX)
  length = 0
  isResponse = false
  qtype = 0
  /** Wire form of the question's name, root octet left out, and where its registered domain starts; -1 where it has none. */
  readonly name: Uint8Array = new Uint8Array(NAME_OCTETS_MAX)
  nameLength = 0
  domainStart = -1
  private readonly suffixes: PublicSuffixes
  private readonly split = createSuffixSplit()

  constructor(suffixes: PublicSuffixes) {
    this.suffixes = suffixes
  }

  /** Reads the message in `bytes[start..end)`; false where it asks nothing that can be read. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    this.length = 0
    if (end - start < HEADER_OCTETS + 5) return false
    if (((bytes[start + 4] << 8) | bytes[start + 5]) === 0) return false
    let at = this.readName(bytes, start + HEADER_OCTETS, end)
    if (at < 0 || at + 4 > end) return false
    this.isResponse = (bytes[start + 2] & FLAG_QR) !== 0
    this.qtype = (bytes[at] << 8) | bytes[at + 1]
    const kept = this.domainStart < 0 ? this.nameLength : this.domainStart
    this.keep(this.name, 0, kept)
    this.keep(bytes, at, at + 4)
    at += 4
    if (this.isResponse) this.readRecords(bytes, at, end, (bytes[start + 6] << 8) | bytes[start + 7])
    return true
  }

  /** Copies the name at `at`; gives where it ends, or -1. A question comes first, so that nothing can be pointed at. */
  private readName(bytes: Uint8Array, from: number, end: number): number {
    let at = from
    let length = 0
    while (at < end && bytes[at] !== 0) {
      const octets = 1 + bytes[at]
      if (octets > 64 || at + octets >= end || length + octets >= NAME_OCTETS_MAX) return -1
      for (let i = 0; i < octets; i++) this.name[length++] = bytes[at + i]
      at += octets
    }
    if (at >= end) return -1
    this.nameLength = length
    this.domainStart = this.suffixes.registeredDomainStart(this.name, 0, length, this.split)
    return at + 1
  }

  private readRecords(bytes: Uint8Array, from: number, end: number, count: number): void {
    let at = from
    for (let record = 0; record < count && at < end && this.length < MASKED_OCTETS_MAX; record++) {
      while (at < end && bytes[at] !== 0 && bytes[at] < POINTER) at += 1 + bytes[at]
      at += bytes[at] >= POINTER ? 2 : 1
      if (at + 10 > end) return
      const dataEnd = Math.min(end, at + 10 + ((bytes[at + 8] << 8) | bytes[at + 9]))
      this.keep(bytes, at, at + 2)
      this.keep(bytes, at + 8, at + 10)
      this.keepWithoutDomain(bytes, at + 10, dataEnd)
      at = dataEnd
    }
  }

  private keepWithoutDomain(bytes: Uint8Array, from: number, end: number): void {
    const size = this.domainStart < 0 ? 0 : this.nameLength - this.domainStart
    for (let at = from; at < end; at++) {
      if (size > 0 && at + size <= end && this.isDomainAt(bytes, at)) at += size
      if (at < end) this.keep(bytes, at, at + 1)
    }
  }

  private isDomainAt(bytes: Uint8Array, at: number): boolean {
    for (let i = this.domainStart; i < this.nameLength; i++) {
      if (fold(this.name[i]) !== fold(bytes[at + i - this.domainStart])) return false
    }
    return true
  }

  private keep(bytes: Uint8Array, from: number, to: number): void {
    for (let at = from; at < to && this.length < MASKED_OCTETS_MAX; at++) this.octets[this.length++] = bytes[at]
  }
}

function fold(octet: number): number {
  return octet >= 0x41 && octet <= 0x5a ? octet + 32 : octet
}
