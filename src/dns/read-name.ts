import { malformedBit } from './message.ts'
import { NAME_OCTETS_MAX } from './name.ts'
import { copyWords } from './word-view.ts'

/**
 * Name octets decoded of one message, pointer hops included, at the most. A message of 64 KiB can point 5,000 names
 * at one long chain (CVE-2024-55628); real answers need a few hundred octets.
 */
export const NAME_BUDGET = 16 * 1024

const LOOP = malformedBit('name-loop')
const FORWARD = malformedBit('name-forward-pointer')
const TOO_LONG = malformedBit('name-too-long')
const BUDGET = malformedBit('name-budget')
const LABEL_TYPE = malformedBit('label-type')
const TRUNCATED = malformedBit('name-truncated')

/** What the last {@link readName} or {@link skipName} left, and the budget, which the caller fills per message. */
export const nameRead = {
  /** Where the name ends in the message, behind the root octet or the first pointer; -1 where that cannot be told. */
  end: 0,
  /** Labels written. */
  labelCount: 0,
  /** Bits of `malformedBit`, 0 for a good name. */
  malformed: 0,
  /** Octets that may still be decoded in this message. */
  budget: NAME_BUDGET,
}

/**
 * Reads a name, following compression, into `out` from `outAt` on (254 octets of room); returns the octets written.
 *
 * ```
 * 0 0 | length (6 bits) |  that many octets      a label; length 0 is the root and ends the name
 * 1 1 |      offset from the message's start (14 bits)     |   a pointer; ends the name here, goes on there
 * 0 1, 1 0                                       extended types, given up by RFC 6891 5
 * ```
 * RFC 1035 4.1.4: a pointer names a *prior* occurrence. So each part must start before the part that pointed to
 * it, which ends every loop. A bad name keeps the whole labels read so far, and says why in {@link nameRead}.
 * `end` bounds the message; `limit` the part before the first pointer (the end of RDATA, say).
 */
export function readName(
  bytes: Uint8Array,
  messageStart: number,
  nameStart: number,
  limit: number,
  end: number,
  out: DataView,
  outAt: number,
): number {
  let at = nameStart
  let partStart = nameStart
  let bound = limit
  let written = 0
  let labels = 0
  let reason = 0
  nameRead.end = -1
  for (;;) {
    if (at >= bound) {
      reason = TRUNCATED
      break
    }
    const octet = bytes[at]
    if (octet === 0) {
      if (partStart === nameStart) nameRead.end = at + 1
      break
    }
    if (octet < 0x40) {
      const next = at + 1 + octet
      if (next > bound) {
        reason = TRUNCATED
        break
      }
      const tooLong = written + next - partStart > NAME_OCTETS_MAX
      if (tooLong || nameRead.budget <= octet) {
        if (partStart === nameStart) skipName(bytes, messageStart, at, bound)
        reason = tooLong ? TOO_LONG : BUDGET
        break
      }
      nameRead.budget -= 1 + octet
      labels++
      at = next
    } else if (octet >= 0xc0) {
      if (at + 2 > bound) {
        reason = TRUNCATED
        break
      }
      if (partStart === nameStart) nameRead.end = at + 2
      const target = messageStart + ((octet & 0x3f) << 8) + bytes[at + 1]
      // Back to where the name began is a cycle, even where the last hop of it points forward.
      if (target >= partStart) {
        reason = target > at && target !== nameStart ? FORWARD : LOOP
        break
      }
      if (nameRead.budget < 2) {
        reason = BUDGET
        break
      }
      nameRead.budget -= 2
      copyWords(bytes, partStart, at - partStart, out, outAt + written)
      written += at - partStart
      at = partStart = target
      bound = end
    } else {
      reason = LABEL_TYPE
      break
    }
  }
  // The last part, or what of it was whole.
  copyWords(bytes, partStart, at - partStart, out, outAt + written)
  nameRead.labelCount = labels
  nameRead.malformed = reason
  return written + at - partStart
}

/**
 * Walks over a name without decoding it; leaves `end` and `malformed` in {@link nameRead}. Costs what the name costs
 * on the wire, so it needs no budget; of pointers it sees only whether they point back.
 */
export function skipName(bytes: Uint8Array, messageStart: number, nameStart: number, limit: number): void {
  nameRead.end = -1
  nameRead.malformed = 0
  let at = nameStart
  while (at < limit) {
    const octet = bytes[at]
    if (octet === 0) {
      nameRead.end = at + 1
      return
    }
    if (octet < 0x40) {
      at += 1 + octet
    } else if (octet >= 0xc0) {
      if (at + 2 > limit) break
      nameRead.end = at + 2
      const target = messageStart + ((octet & 0x3f) << 8) + bytes[at + 1]
      if (target >= nameStart) nameRead.malformed = target > at ? FORWARD : LOOP
      return
    } else {
      nameRead.malformed = LABEL_TYPE
      return
    }
  }
  nameRead.malformed = TRUNCATED
}
