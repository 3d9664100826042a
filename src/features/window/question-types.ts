import type { WindowFeatureFamily } from './family.ts'

/** A, AAAA and HTTPS: what browsers ask for. */
const ADDRESS_TYPES = [1, 28, 65]
/** TXT, NULL and private use: types that hold octets as they are. */
const RAW_TYPES = [10, 16, 65399]

/**
 * Which types are asked for. Tunnels that bring data down like types with room; mail and service discovery ask for the
 * same ones.
 *
 * @example
 * // a?A b?TXT -> otherTypeShare 0.5, rawTypeShare 0.5, types 2
 */
export const questionTypes: WindowFeatureFamily = {
  name: 'question-types',
  features: [
    { name: 'otherTypeShare', unit: 'ratio' },
    { name: 'rawTypeShare', unit: 'ratio' },
    { name: 'types', unit: 'types' },
  ],
  extract({ types, queries }, out, at) {
    const of = (wanted: readonly number[]) => wanted.reduce((sum, type) => sum + (types.get(type) ?? 0), 0)
    out[at] = 1 - of(ADDRESS_TYPES) / queries
    out[at + 1] = of(RAW_TYPES) / queries
    out[at + 2] = types.size
  },
}
