import type { QueryFeatureFamily } from './family.ts'

/** Times each octet was met, all zero between calls, and which octets those are. */
const seen = new Uint16Array(256)
const met = new Uint8Array(256)
const IS_VOWEL = new Uint8Array(256)
for (const letter of 'aeiou') IS_VOWEL[letter.charCodeAt(0)] = 1

/**
 * Which octets the prefix is made of, dots left out, case folded.
 *
 * Encoded payload uses its alphabet evenly: 32 random base32 characters carry 4.2 bits each where host names stay
 * between 2 and 3.5. Eight characters cannot pass 3 bits, and words stay below hosts: never a verdict alone.
 *
 * @example
 * // 'www' -> digitRatio 0, vowelRatio 0, markRatio 0, eightBitRatio 0, distinctRatio 0.33, entropyBits 0, changeRatio 0
 */
export const alphabet: QueryFeatureFamily = {
  name: 'alphabet',
  answers: false,
  features: [
    { name: 'digitRatio', unit: 'ratio' },
    { name: 'vowelRatio', unit: 'ratio' },
    { name: 'markRatio', unit: 'ratio' },
    { name: 'eightBitRatio', unit: 'ratio' },
    { name: 'distinctRatio', unit: 'ratio' },
    { name: 'entropyBits', unit: 'bits' },
    { name: 'changeRatio', unit: 'ratio' },
  ],
  extract({ prefix }, out, at) {
    const { bytes, length } = prefix
    let count = 0
    let digits = 0
    let vowels = 0
    let marks = 0
    let eightBit = 0
    let changes = 0
    let kindBefore = -1
    let distinct = 0
    for (let i = 0; i < length; i++) {
      const octet = bytes[i]
      if (octet === 0x2e) {
        kindBefore = -1
        continue
      }
      count++
      if (seen[octet]++ === 0) met[distinct++] = octet
      const kind = octet >= 0x30 && octet <= 0x39 ? 0 : octet >= 0x61 && octet <= 0x7a ? 1 : 2
      if (kind === 0) digits++
      else if (kind === 1) vowels += IS_VOWEL[octet]
      else if (octet < 0x80) marks++
      else eightBit++
      if (kindBefore >= 0 && kind !== kindBefore) changes++
      kindBefore = kind
    }
    let weighted = 0
    for (let i = 0; i < distinct; i++) {
      const times = seen[met[i]]
      weighted += times * Math.log2(times)
      seen[met[i]] = 0
    }
    const n = Math.max(count, 1)
    out[at] = digits / n
    out[at + 1] = vowels / n
    out[at + 2] = marks / n
    out[at + 3] = eightBit / n
    out[at + 4] = distinct / n
    out[at + 5] = count === 0 ? 0 : Math.log2(count) - weighted / count
    out[at + 6] = changes / n
  },
}
