/** The lanes of the last {@link hashOctets}: two 32-bit halves, as JavaScript has no cheap 64-bit integer. */
export const hashed = { lo: 0, hi: 0 }

function finish(h: number): number {
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/**
 * A 64-bit hash of `length` octets, left in {@link hashed}; no allocation. `fold` maps ASCII upper case to lower.
 * Not cryptographic: an attacker can find collisions offline, which makes a name look repeated, so callers that
 * count novelty pass a per-run seed.
 */
export function hashOctets(bytes: Uint8Array, start: number, length: number, seed: number, fold: boolean): void {
  let a = seed ^ 0x9e3779b9
  let b = Math.imul(seed, 0x85ebca6b) ^ 0x7f4a7c15
  for (let i = start; i < start + length; i++) {
    let octet = bytes[i]
    if (fold && octet >= 0x41 && octet <= 0x5a) octet += 32
    a = Math.imul(a ^ octet, 0x01000193)
    b = Math.imul(b ^ octet, 0x5bd1e995)
    b ^= b >>> 15
  }
  hashed.lo = finish(a ^ length)
  hashed.hi = finish(b + Math.imul(a, 0x27d4eb2f))
}

/** Mixes two 32-bit words into one. */
export function mix(a: number, b: number): number {
  return finish(Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35))
}
