import type { WindowFeatureFamily } from './family.ts'

/**
 * How much is asked, how much of it is new, and by how many. A tunnel hardly ever asks the same again, as its answers
 * would come out of a cache; a telemetry name built for each message does the same, so never a verdict alone.
 *
 * @example
 * // a b a -> queries 3, newNames 2, newNameShare 0.67, clients 1
 */
export const volume: WindowFeatureFamily = {
  name: 'volume',
  features: [
    { name: 'queries', unit: 'queries' },
    { name: 'newNames', unit: 'names' },
    { name: 'newNameShare', unit: 'ratio' },
    { name: 'clients', unit: 'clients' },
  ],
  extract({ queries, novelNames, clients }, out, at) {
    out[at] = queries
    out[at + 1] = novelNames
    out[at + 2] = queries === 0 ? Number.NaN : novelNames / queries
    out[at + 3] = clients.size
  },
}
