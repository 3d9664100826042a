import type { WindowFeatureFamily } from './family.ts'

/** Words of a set of octet pairs, a bit each. */
const WORDS = 2048

/**
 * How alike the last 16 new prefixes are, each held against each: the share of the shorter that both begin with, and
 * the Jaccard index of their pairs of octets. Counters, session ids and headers make a tunnel's names kin in a way that
 * does not depend on the alphabet. NaN below two prefixes.
 *
 * @example
 * // abcd abxy -> commonStart 0.5, pairsShared 0.2, pairsSharedSpread 0
 *
 * Source: the pairwise statistics of Domainator, arXiv 2505.22220, 2025.
 */
export const similarity: WindowFeatureFamily = {
  name: 'similarity',
  features: [
    { name: 'commonStart', unit: 'ratio' },
    { name: 'pairsShared', unit: 'ratio' },
    { name: 'pairsSharedSpread', unit: 'ratio' },
  ],
  extract({ recent }, out, at) {
    const pairsOf = recent.map(octetPairs)
    let pairs = 0
    let start = 0
    let shared = 0
    let squares = 0
    for (let i = 1; i < recent.length; i++) {
      for (let j = 0; j < i; j++) {
        const jaccard = jaccardOf(pairsOf[i], pairsOf[j])
        pairs++
        start += commonStart(recent[i], recent[j])
        shared += jaccard
        squares += jaccard * jaccard
      }
    }
    const mean = shared / pairs
    out[at] = start / pairs
    out[at + 1] = mean
    out[at + 2] = Math.sqrt(Math.max(0, squares / pairs - mean * mean))
  },
}

function commonStart(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length)
  let same = 0
  while (same < shorter && a[same] === b[same]) same++
  return shorter === 0 ? 0 : same / shorter
}

function octetPairs(prefix: Uint8Array): Uint16Array {
  const pairs = new Uint16Array(Math.max(0, prefix.length - 1))
  for (let i = 0; i < pairs.length; i++) pairs[i] = (prefix[i] << 8) | prefix[i + 1]
  return Uint16Array.from(new Set(pairs))
}

/** All zero between calls. */
const met = new Uint32Array(WORDS)

function jaccardOf(a: Uint16Array, b: Uint16Array): number {
  for (const pair of a) met[pair >>> 5] |= 1 << (pair & 31)
  let both = 0
  for (const pair of b) both += (met[pair >>> 5] >>> (pair & 31)) & 1
  for (const pair of a) met[pair >>> 5] = 0
  const either = a.length + b.length - both
  return either === 0 ? 0 : both / either
}
