import type { WindowFeatureFamily } from './family.ts'

/**
 * Octets up in new names, octets down in answers, and their producer-consumer ratio: 1 for a sender, -1 for a receiver.
 * Without any response seen, what came down is unknown.
 *
 * @example
 * // a bc -> octetsUp 3, octetsDown 32, producerRatio -0.83
 */
export const balance: WindowFeatureFamily = {
  name: 'balance',
  features: [
    { name: 'octetsUp', unit: 'octets' },
    { name: 'octetsDown', unit: 'octets' },
    { name: 'producerRatio', unit: 'balance' },
  ],
  extract({ prefixOctets, answered, answerOctets }, out, at) {
    const down = answered === 0 ? Number.NaN : answerOctets
    const both = prefixOctets + down
    out[at] = prefixOctets
    out[at + 1] = down
    out[at + 2] = both === 0 ? 0 : (prefixOctets - down) / both
  },
}
