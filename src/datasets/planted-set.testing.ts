import { createRandom } from '../stats/random.ts'
import { sigmoid } from '../stats/sigmoid.ts'
import type { DataKind, DataSet } from './data-set.ts'
import { DataSetBuilder } from './data-set-builder.ts'

/** What a made-up data set is like. */
export interface Planted {
  readonly rows?: number
  readonly seed?: number
  readonly kind?: DataKind
  /** How much `told` says: 0 is nothing. */
  readonly strength?: number
  /** Split of a row by its group, of which there are as many as rows divided by five. */
  split?(group: number): string
}

/**
 * Rows of which `told` decides the class, `noise` says nothing and `word` is a text; five rows a group. Tunnels are of
 * two tools, and everything of two networks.
 */
export function plantedSet({ rows = 600, seed = 1, kind = 'names', strength = 3, split }: Planted = {}): DataSet {
  const random = createRandom(seed)
  const features = [
    { name: 'told', unit: 'octets' },
    { name: 'noise', unit: 'ratio' },
  ]
  const builder = new DataSetBuilder(kind, features, ['word'])
  for (let row = 0; row < rows; row++) {
    const group = Math.floor(row / 5)
    builder.row[0] = 4 * random() - 2
    builder.row[1] = random()
    builder.texts[0] = `word${row % 3}`
    const attack = random() < sigmoid(strength * builder.row[0])
    Object.assign(builder.facts, {
      ...{ attack, group: `group${group}`, network: group % 2 === 0 ? 'home' : 'work' },
      tool: attack ? (group % 3 === 0 ? 'iodine' : 'dnscat2') : 'benign',
      split: split?.(group) ?? 'train',
    })
    builder.add()
  }
  return builder.build()
}
