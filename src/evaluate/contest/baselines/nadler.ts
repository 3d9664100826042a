import { matrixOf } from '../../../models/matrix.ts'
import { trainIsolationForest } from '../../../models/train-isolation-forest.ts'
import { shannonEntropy } from '../../../stats/entropy.ts'
import type { Sighting } from '../sighting.ts'
import type { Baseline } from './baseline.ts'

const COLUMNS = ['entropy', 'otherTypes', 'uniqueRatio', 'uniqueVolume', 'lengthMean', 'labelLongest']

/**
 * Isolation forest on six features of a domain over the whole observation, fitted to benign domains. The longest
 * meaningful word of the paper takes a dictionary that is not published; the longest label stands in for it, averaged
 * over names.
 *
 * Source: Nadler, Aminov and Shabtai, Computers & Security 80, 2019, arXiv 1709.08395.
 */
export const nadler: Baseline = {
  name: 'nadler',
  learns: 'benign',
  fit(training) {
    const forest = trainIsolationForest(matrixOf(COLUMNS, training.map(featuresOf)))
    return (sighting) => forest.scoreOne(Float64Array.from(featuresOf(sighting)))
  },
}

function featuresOf({ prefixes, queries, addressQueries }: Sighting): number[] {
  const bytes = Buffer.from(prefixes.join('').toLowerCase(), 'latin1')
  const longest = prefixes.map((prefix) => Math.max(...prefix.split('.').map((label) => label.length)))
  return [
    shannonEntropy(bytes, 0, bytes.length),
    1 - addressQueries / queries,
    prefixes.length / queries,
    prefixes.length,
    bytes.length / prefixes.length,
    longest.reduce((sum, length) => sum + length, 0) / prefixes.length,
  ]
}
