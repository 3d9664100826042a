import type { Sighting } from '../sighting.ts'
import type { Baseline } from './baseline.ts'

/** Characters below which a domain's frequencies are mostly chance, and their distance says nothing. */
const CHARACTERS_MIN = 256
const ORDERS = [1, 2]

/** Shares of n-grams, adding up to 1. */
type Fingerprint = ReadonlyMap<string, number>

/**
 * Frequencies of single characters and pairs against those of benign names: words follow Zipf's law, payload is flat.
 * The score is the mean over both orders of the share that would have to move to make one the other (total variation).
 * The paper draws pictures and sets no limit; the least text it takes is ours, the best of 64, 256 and 1,024 here.
 *
 * Source: Born and Gustafson, Detecting DNS tunnels using character frequency analysis, 2010, arXiv 1004.4358.
 */
export const bornGustafson: Baseline = {
  name: 'born-gustafson',
  learns: 'benign',
  fit(training) {
    const benign = ORDERS.map((order) => fingerprint(training, order))
    return (sighting) => {
      if (sighting.prefixes.reduce((sum, prefix) => sum + prefix.length, 0) < CHARACTERS_MIN) return Number.NaN
      const distances = ORDERS.map((order, i) => distance(fingerprint([sighting], order), benign[i]))
      return distances.reduce((sum, one) => sum + one, 0) / ORDERS.length
    }
  },
}

/** Of all domains together, each with the same weight: a sweep of one domain's hosts is not the language. */
function fingerprint(sightings: readonly Sighting[], order: number): Fingerprint {
  const shares = new Map<string, number>()
  for (const { prefixes } of sightings) {
    const counts = new Map<string, number>()
    let all = 0
    for (const prefix of prefixes) {
      const text = prefix.toLowerCase()
      for (let i = 0; i + order <= text.length; i++) {
        const gram = text.slice(i, i + order)
        counts.set(gram, (counts.get(gram) ?? 0) + 1)
        all++
      }
    }
    for (const [gram, count] of counts) shares.set(gram, (shares.get(gram) ?? 0) + count / all / sightings.length)
  }
  return shares
}

function distance(a: Fingerprint, b: Fingerprint): number {
  let common = 0
  for (const [gram, share] of a) common += Math.min(share, b.get(gram) ?? 0)
  return 1 - common
}
