/** Unit of a legacy feature's value. */
export type LegacyUnit = 'octets' | 'labels' | 'bits' | 'flag'

/** A column of the originals' tables: the name in their CSV files, and ours. */
export interface LegacyColumn {
  readonly csv: string
  readonly name: string
  readonly unit: LegacyUnit
}

/**
 * The twelve numbers, in the order of the CSV. Their names say less than they seem to: `len` is no length of the name,
 * `subdomain` is a flag, `labels` are counted, `numeric` are digits, and `entropy` is off by one.
 */
export const LEGACY_NUMBERS: readonly LegacyColumn[] = [
  { csv: 'FQDN_count', name: 'qnameLength', unit: 'octets' },
  { csv: 'subdomain_length', name: 'subdomainLength', unit: 'octets' },
  { csv: 'upper', name: 'upperCount', unit: 'octets' },
  { csv: 'lower', name: 'lowerCount', unit: 'octets' },
  { csv: 'numeric', name: 'digitCount', unit: 'octets' },
  { csv: 'entropy', name: 'legacyEntropyBits', unit: 'bits' },
  { csv: 'special', name: 'specialCount', unit: 'octets' },
  { csv: 'labels', name: 'labelCount', unit: 'labels' },
  { csv: 'labels_max', name: 'labelLengthMax', unit: 'octets' },
  { csv: 'labels_average', name: 'labelLengthMean', unit: 'octets' },
  { csv: 'len', name: 'prefixAndLabelLength', unit: 'octets' },
  { csv: 'subdomain', name: 'hasSubdomain', unit: 'flag' },
]

/** The two texts. `sld` is the registered domain's own label, without the suffix behind it. */
export const LEGACY_TEXTS = [
  { csv: 'longest_word', name: 'longestWord' },
  { csv: 'sld', name: 'registeredLabel' },
] as const

/** All columns of the originals' CSV before the label, in its order. */
export const LEGACY_HEADER: readonly string[] = [
  'timestamp',
  ...LEGACY_NUMBERS.slice(0, 10).map(({ csv }) => csv),
  ...LEGACY_TEXTS.map(({ csv }) => csv),
  ...LEGACY_NUMBERS.slice(10).map(({ csv }) => csv),
]

/** How the label column is spelled: in the published sets, and in the stream recovered from a notebook's output. */
export const LEGACY_LABELS: readonly string[] = ['Target Attack', 'Target_Attack']
