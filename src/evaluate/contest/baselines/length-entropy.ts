import { shannonEntropy } from '../../../stats/entropy.ts'
import type { Baseline } from './baseline.ts'

/**
 * The rule of many alert sets: a name that is long and looks random. The score of a name is its length times its
 * entropy, so that one line stands for every pair of limits on the two; a domain counts with its highest name, since
 * such rules speak of single queries.
 *
 * Source: usual SIEM content, such as long labels of high entropy in Maltrail's heuristics.
 */
export const lengthEntropy: Baseline = {
  name: 'length-entropy',
  learns: 'nothing',
  fit: () => (sighting) =>
    sighting.prefixes.reduce((highest, prefix) => {
      const bytes = Buffer.from(prefix.toLowerCase(), 'latin1')
      return Math.max(highest, bytes.length * shannonEntropy(bytes, 0, bytes.length))
    }, 0),
}
