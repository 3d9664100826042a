import type { Baseline } from './baseline.ts'

/**
 * Unique prefix octets of the whole observation, counted exactly: ibHH without its sketch and without its window, and
 * the plain counter that scans are measured against.
 *
 * Source: the quantity of Özery, Nadler and Shabtai, NDSS 2024.
 */
export const prefixOctets: Baseline = {
  name: 'prefix-octets',
  learns: 'nothing',
  fit: () => (sighting) => sighting.prefixes.reduce((sum, prefix) => sum + prefix.length, 0),
}
