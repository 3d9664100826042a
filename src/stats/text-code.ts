import { hashed, hashOctets } from './hash.ts'

const SEED = 0
const encoder = new TextEncoder()

/**
 * A number that stands for a text wherever numbers are asked for: 52 bits of a hash of its UTF-8, whole and exact in a
 * double. The same on every run and machine, unlike the run-time hashes of some languages. Two of a million texts
 * share a code in one of ten thousand sets; whoever could choose the texts could make them.
 *
 * @example
 * textCode('example.org') // 2127854439602546
 */
export function textCode(text: string): number {
  const octets = encoder.encode(text)
  hashOctets(octets, 0, octets.length, SEED, false)
  return hashed.lo + (hashed.hi & 0xfffff) * 2 ** 32
}
