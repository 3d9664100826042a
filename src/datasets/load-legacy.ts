import { LEGACY_NUMBERS, LEGACY_TEXTS } from '../features/legacy/columns.ts'
import { openInput } from '../sources/inputs/open-input.ts'
import { scanAnyTimeMs } from '../sources/logs/scan-time.ts'
import type { DataFeature } from './data-set.ts'
import { DataSetBuilder } from './data-set-builder.ts'
import { type LegacyTable, readLegacyCsv } from './legacy-csv.ts'
import type { ManifestRow } from './manifest.ts'

const FEATURES: readonly DataFeature[] = LEGACY_NUMBERS.map(({ name, unit }) => ({ name, unit }))
const column = (name: string) => FEATURES.findIndex((feature) => feature.name === name)
const [LABELS, LOWER, CAPITALS] = [column('labelCount'), column('lowerCount'), column('upperCount')]
/** Letters of `in-addr.arpa`. */
const REVERSE_LETTERS = 10

/** A collector of rows of the originals' tables. */
export function legacyBuilder(): DataSetBuilder {
  return new DataSetBuilder(
    'legacy',
    FEATURES,
    LEGACY_TEXTS.map(({ name }) => name),
  )
}

/**
 * Adds a table of the originals. A group is a registered label: the names themselves are not there, and rows of one
 * domain repeat. Its label says which capture a row came from, not what the row is.
 */
export async function loadLegacy(of: ManifestRow, builder: DataSetBuilder): Promise<void> {
  addLegacy(await readLegacyCsv(openInput({ index: 0, label: of.file, path: of.path, once: false })), of, builder)
}

/** Adds rows that were read already. */
export function addLegacy(
  table: LegacyTable,
  of: Pick<ManifestRow, 'network' | 'split' | 'family'>,
  builder: DataSetBuilder,
): void {
  for (const [reason, count] of Object.entries(table.malformed)) builder.leaveOut(reason, count)
  const { values, columns, rows } = table.matrix
  const { facts, texts } = builder
  facts.network = of.network
  facts.split = of.split
  for (let row = 0; row < rows; row++) {
    const start = row * columns
    for (let i = 0; i < columns; i++) builder.row[i] = values[start + i]
    texts[0] = textAt(table.longestWord, row)
    texts[1] = textAt(table.registeredLabel, row)
    facts.attack = table.y[row] === 1
    facts.tool = facts.attack ? of.family : 'benign'
    facts.group = texts[1]
    facts.timeMs = milliseconds(textAt(table.timestamp, row))
    facts.capitals = values[start + CAPITALS]
    facts.noise = isNoise(values[start + LABELS], values[start + LOWER], texts[1])
    builder.add()
  }
}

function textAt({ codes, values }: LegacyTable['timestamp'], row: number): string {
  return values[codes[row]]
}

/**
 * Reverse look-ups of IPv4 have six labels, an octet of the address for a domain, and the suffix's letters only. Those of
 * IPv6 cannot be told by these columns.
 */
function isNoise(labels: number, lower: number, domain: string): boolean {
  return labels === 1 || domain === 'local' || (labels === 6 && lower === REVERSE_LETTERS && /^\d+$/.test(domain))
}

/** A whole time; or `58:50.7`, all that a spreadsheet left of one, from the start of its hour. NaN for anything else. */
function milliseconds(time: string): number {
  const parts = /^(\d{1,2}):(\d{1,2}(?:\.\d+)?)$/.exec(time)
  if (parts) return Math.round((Number(parts[1]) * 60 + Number(parts[2])) * 1000)
  const bytes = Buffer.from(time)
  return scanAnyTimeMs(bytes, 0, bytes.length, 'any')
}
