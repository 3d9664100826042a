import { joinOctets } from './octets.ts'

const WINDOW = 32_768
const MATCH_MIN = 3
const MATCH_MAX = 258
const TRIES = 16
const STORED_MAX = 65_535

/** RFC 1951 3.2.5: shortest length and smallest distance of each code, and the extra bits of each. */
const LENGTHS = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const DISTANCES = [1, 2, 3, 4].concat(Array.from({ length: 26 }, (_, i) => (2 + (i & 1)) * 2 ** ((i >> 1) + 1) + 1))
const distanceExtra = (code: number) => Math.max(0, (code >> 1) - 1)

/**
 * Raw deflate (RFC 1951) with the fixed codes, or stored where that is shorter.
 *
 * Here instead of `node:zlib`, whose output depends on its version and on the processor: what the lab makes from a
 * seed is the same everywhere. Text comes out about a third longer than from zlib's best.
 */
export function deflate(octets: Uint8Array): Uint8Array {
  const fixed = deflateFixed(octets)
  const blocks = Math.max(1, Math.ceil(octets.length / STORED_MAX))
  return fixed.length <= octets.length + 5 * blocks ? fixed : deflateStored(octets)
}

function deflateStored(octets: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  for (let at = 0; at < octets.length; at += STORED_MAX) {
    const part = octets.subarray(at, at + STORED_MAX)
    const last = at + STORED_MAX >= octets.length ? 1 : 0
    const inverse = ~part.length
    parts.push(Uint8Array.of(last, part.length, part.length >> 8, inverse, inverse >> 8), part)
  }
  return joinOctets(...parts)
}

function deflateFixed(octets: Uint8Array): Uint8Array {
  const out: number[] = []
  let hold = 0
  let held = 0
  const put = (value: number, bits: number) => {
    hold |= value << held
    for (held += bits; held >= 8; held -= 8) {
      out.push(hold & 255)
      hold >>>= 8
    }
  }
  /** Huffman codes go out most significant bit first, everything else least first (RFC 1951 3.1.1). */
  const putCode = (code: number, bits: number) => {
    for (let bit = bits - 1; bit >= 0; bit--) put((code >> bit) & 1, 1)
  }
  /** RFC 1951 3.2.6. */
  const putSymbol = (symbol: number) => {
    if (symbol < 144) putCode(0x30 + symbol, 8)
    else if (symbol < 256) putCode(0x190 + symbol - 144, 9)
    else if (symbol < 280) putCode(symbol - 256, 7)
    else putCode(0xc0 + symbol - 280, 8)
  }
  put(0b011, 3)
  for (const { literal, length, distance } of findMatches(octets)) {
    if (length === 0) {
      putSymbol(literal)
      continue
    }
    const lengthCode = LENGTHS.findLastIndex((shortest) => shortest <= length)
    putSymbol(257 + lengthCode)
    put(length - LENGTHS[lengthCode], LENGTH_EXTRA[lengthCode])
    const distanceCode = DISTANCES.findLastIndex((smallest) => smallest <= distance)
    putCode(distanceCode, 5)
    put(distance - DISTANCES[distanceCode], distanceExtra(distanceCode))
  }
  putSymbol(256)
  put(0, 7)
  return Uint8Array.from(out)
}

interface Step {
  literal: number
  /** 0 for a literal. */
  length: number
  distance: number
}

/** Longest match of the last few places that start with the same three octets, taken at once. */
function* findMatches(octets: Uint8Array): Generator<Step> {
  const newest = new Map<number, number>()
  const older = new Int32Array(octets.length).fill(-1)
  const note = (at: number) => {
    if (at + MATCH_MIN > octets.length) return
    const key = (octets[at] << 16) | (octets[at + 1] << 8) | octets[at + 2]
    older[at] = newest.get(key) ?? -1
    newest.set(key, at)
  }
  for (let at = 0; at < octets.length; ) {
    note(at)
    let length = 0
    let distance = 0
    let from = older[at]
    for (let tries = 0; tries < TRIES && from >= 0 && at - from <= WINDOW; tries++, from = older[from]) {
      let same = MATCH_MIN
      while (same < MATCH_MAX && at + same < octets.length && octets[from + same] === octets[at + same]) same++
      if (same <= length) continue
      length = same
      distance = at - from
    }
    yield { literal: octets[at], length, distance }
    for (const end = at + Math.max(1, length); ++at < end; ) note(at)
  }
}
