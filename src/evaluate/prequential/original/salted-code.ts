import { hashed, hashOctets } from '../../../stats/hash.ts'

/**
 * A text as a signed number of 64 bits, under a salt: what Python's `hash()` of a string is, whose salt every process
 * draws anew. The originals trained on such numbers in one process and met others in the next. Never for a model of ours:
 * `textCode` gives the same number everywhere.
 */
export function saltedCode(text: string, salt: number): number {
  const octets = Buffer.from(text)
  hashOctets(octets, 0, octets.length, salt, false)
  return (hashed.hi | 0) * 2 ** 32 + hashed.lo
}
