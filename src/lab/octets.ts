/** One array of all parts. */
export function joinOctets(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** Octets of text whose characters are octets. */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

/** 16 bits, most significant octet first. */
export function octets16(value: number): Uint8Array {
  return Uint8Array.of(value >>> 8, value)
}

/** 32 bits, most significant octet first. */
export function octets32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
}

/** Octets cut in pieces of `size`, the last one shorter. */
export function cutOctets(octets: Uint8Array, size: number): Uint8Array[] {
  const pieces: Uint8Array[] = []
  for (let at = 0; at < octets.length; at += size) pieces.push(octets.subarray(at, at + size))
  return pieces
}
