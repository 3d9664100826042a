import { HashBuckets } from '../../models/steps/hash-buckets.ts'
import type { Preparation } from './preparation.ts'

/** Few enough for a tree to cut apart, many enough that two common categories seldom share one. */
const BUCKETS = 64

/** Replaces every category by one of 64 buckets, drawn by its hash and the seed. Learns nothing. */
export const encodeBuckets: Preparation = {
  name: 'encode-buckets',
  fit: (_, { categories, seed }) => new HashBuckets(categories, BUCKETS, seed),
}
