import { foldWord } from './fold-word.ts'

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

/** The lanes of the tail of the last {@link hashWithTail}. */
export const hashedTail = { lo: 0, hi: 0 }

/**
 * Hashes of `bytes[start, end)` and of its tail `bytes[tail, end)`, both folded, in one pass: as {@link hashOctets} gives
 * them, left in {@link hashed} and {@link hashedTail}.
 */
export function hashWithTail(bytes: Uint8Array, start: number, tail: number, end: number, seed: number): void {
  let a = seed ^ 0x9e3779b9
  let b = Math.imul(seed, 0x85ebca6b) ^ 0x7f4a7c15
  let c = a
  let d = b
  let at = start
  for (; at < tail; at++) {
    const octet = fold(bytes[at])
    a = Math.imul(a ^ octet, 0x01000193)
    b = Math.imul(b ^ octet, 0x5bd1e995)
    b ^= b >>> 15
  }
  for (; at < end; at++) {
    const octet = fold(bytes[at])
    a = Math.imul(a ^ octet, 0x01000193)
    c = Math.imul(c ^ octet, 0x01000193)
    b = Math.imul(b ^ octet, 0x5bd1e995)
    d = Math.imul(d ^ octet, 0x5bd1e995)
    b ^= b >>> 15
    d ^= d >>> 15
  }
  hashed.lo = finish(a ^ (end - start))
  hashed.hi = finish(b + Math.imul(a, 0x27d4eb2f))
  hashedTail.lo = finish(c ^ (end - tail))
  hashedTail.hi = finish(d + Math.imul(c, 0x27d4eb2f))
}

function fold(octet: number): number {
  return octet >= 0x41 && octet <= 0x5a ? octet + 32 : octet
}

/**
 * As {@link hashOctets}, four octets at a step: three times faster on long strings, and another hash. For what is
 * compared in full width within one run or state; what picks training rows, partitions or fingerprints keeps the other.
 */
export function hashWords(bytes: Uint8Array, start: number, length: number, seed: number, fold: boolean): void {
  let a = seed ^ 0x9e3779b9
  let b = Math.imul(seed, 0x85ebca6b) ^ 0x7f4a7c15
  const end = start + length
  const whole = end - (length & 3)
  for (let at = start; at < end; at += 4) {
    let word = bytes[at]
    if (at < whole) word |= (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)
    else for (let i = 1; at + i < end; i++) word |= bytes[at + i] << (8 * i)
    if (fold) word = foldWord(word)
    a = Math.imul(a ^ word, 0x85ebca6b)
    b = Math.imul(b + word, 0xc2b2ae35)
    a ^= a >>> 15
    b ^= b >>> 13
  }
  hashed.lo = finish(a ^ length)
  hashed.hi = finish(b + Math.imul(a, 0x27d4eb2f))
}

/** Mixes two 32-bit words into one. */
export function mix(a: number, b: number): number {
  return finish(Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35))
}
