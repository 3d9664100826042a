import type { WindowFeatureFamily } from './family.ts'

const DIGITS_FROM = 0x30
const DIGITS_TO = 0x39

/**
 * What all new prefixes together are spelled with. One name of eight octets cannot pass 3 bits an octet, but a hundred
 * of them show their alphabet: this is where tunnels of short names stand out.
 *
 * @example
 * // ab ab.c1 -> entropyBits 2, digitRatio 0.17, labelReuse 0.33
 *
 * Source: entropy of the concatenated subdomains, Nadler et al., Computers & Security 80, 2019.
 */
export const spelling: WindowFeatureFamily = {
  name: 'spelling',
  features: [
    { name: 'entropyBits', unit: 'bits/octet' },
    { name: 'digitRatio', unit: 'ratio' },
    { name: 'labelReuse', unit: 'ratio' },
  ],
  extract({ octets, labels, labelsSeen }, out, at) {
    let all = 0
    let digits = 0
    let weighted = 0
    for (let octet = 0; octet < octets.length; octet++) {
      const count = octets[octet]
      if (count === 0) continue
      all += count
      weighted += count * Math.log2(count)
      if (octet >= DIGITS_FROM && octet <= DIGITS_TO) digits += count
    }
    out[at] = all === 0 ? Number.NaN : Math.max(0, Math.log2(all) - weighted / all)
    out[at + 1] = all === 0 ? Number.NaN : digits / all
    out[at + 2] = labelsSeen === 0 ? Number.NaN : 1 - labels.size / labelsSeen
  },
}
