import { constants, inflateSync } from 'node:zlib'

/** Octets inflated at most: a small input can stand for millions. */
const INFLATED_MAX = 65_536
/** Inflated octets that convince: noise behind a zlib header breaks off sooner. */
const INFLATED_MIN = 24

/** Whether these octets begin as a zlib stream: deflate, a window of 32 KiB, header check, no dictionary (RFC 1950 2.2). */
export function isZlibHeader(bytes: Uint8Array): boolean {
  return bytes.length > 6 && bytes[0] === 0x78 && (bytes[1] & 0x20) === 0 && (bytes[0] * 256 + bytes[1]) % 31 === 0
}

/** What a zlib stream holds, cut short or whole; null where it is none, or holds too little to tell, or too much. */
export function inflate(bytes: Uint8Array): Uint8Array | null {
  if (!isZlibHeader(bytes)) return null
  try {
    const octets = inflateSync(bytes, { maxOutputLength: INFLATED_MAX, finishFlush: constants.Z_SYNC_FLUSH })
    return octets.length >= INFLATED_MIN ? octets : null
  } catch {
    // Not zlib after all, broken in the middle, or larger than we care to see.
    return null
  }
}
