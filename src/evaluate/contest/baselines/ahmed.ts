import { createMatrix } from '../../../models/matrix.ts'
import { trainIsolationForest } from '../../../models/train-isolation-forest.ts'
import { shannonEntropy } from '../../../stats/entropy.ts'
import type { Sighting } from '../sighting.ts'
import type { Baseline } from './baseline.ts'

const COLUMNS = [
  ...['characters', 'subdomainCharacters', 'upperCase', 'digits'],
  ...['entropy', 'labels', 'labelLongest', 'labelMean'],
]
/** Names of one sighting that train and are scored. A limit, so that the oddest of many is not odd for being of many. */
const NAMES_A_DOMAIN = 64
const UPPER = /[A-Z]/g
const DIGIT = /[0-9]/g

/**
 * Isolation forest on eight attributes of single names, fitted to benign ones. A domain counts with the oddest of its
 * names, as a detector of single queries would alert on it. The mean over names finds about a fifth as many captures.
 *
 * Source: Ahmed, Habibi Gharakheili, Raza, Russell and Sivaraman, IEEE TNSM 17(1), 2020.
 */
export const ahmed: Baseline = {
  name: 'ahmed',
  learns: 'benign',
  fit(training) {
    const names = training.flatMap((sighting) => namesOf(sighting).map((prefix) => attributes(prefix, sighting.domain)))
    const matrix = createMatrix(names.length, COLUMNS)
    names.forEach((row, i) => {
      matrix.values.set(row, i * COLUMNS.length)
    })
    const forest = trainIsolationForest(matrix)
    return (sighting) => {
      const margins = namesOf(sighting).map((prefix) => forest.scoreOne(attributes(prefix, sighting.domain)))
      return Math.max(...margins)
    }
  },
}

/** Evenly spaced names, so that a handshake does not stand for the rest. */
function namesOf({ prefixes }: Sighting): string[] {
  const step = Math.max(1, prefixes.length / NAMES_A_DOMAIN)
  return Array.from({ length: Math.min(prefixes.length, NAMES_A_DOMAIN) }, (_, i) => prefixes[Math.floor(i * step)])
}

function attributes(prefix: string, domain: string): Float64Array {
  const name = `${prefix}.${domain}`
  const bytes = Buffer.from(name, 'latin1')
  const lengths = name.split('.').map((label) => label.length)
  return Float64Array.of(
    name.length,
    prefix.length,
    name.match(UPPER)?.length ?? 0,
    name.match(DIGIT)?.length ?? 0,
    shannonEntropy(bytes, 0, bytes.length),
    lengths.length,
    Math.max(...lengths),
    lengths.reduce((sum, length) => sum + length, 0) / lengths.length,
  )
}
