import { LEGACY_NUMBERS, LEGACY_TEXTS } from '../features/legacy/columns.ts'
import { openInput } from '../sources/inputs/open-input.ts'
import type { DataFeature } from './data-set.ts'
import { DataSetBuilder } from './data-set-builder.ts'
import { type LegacyTable, readLegacyCsv } from './legacy-csv.ts'
import type { ManifestRow } from './manifest.ts'

const FEATURES: readonly DataFeature[] = LEGACY_NUMBERS.map(({ name, unit }) => ({ name, unit }))
const column = (name: string) => FEATURES.findIndex((feature) => feature.name === name)
const [LABELS, CAPITALS] = [column('labelCount'), column('upperCount')]

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
  const table = await readLegacyCsv(openInput({ index: 0, label: of.file, path: of.path, once: false }))
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
    facts.noise = isNoise(values[start + LABELS], texts[1])
    builder.add()
  }
}

function textAt({ codes, values }: LegacyTable['timestamp'], row: number): string {
  return values[codes[row]]
}

/** Reverse look-ups have six labels and an octet of an address for a domain; there are none of IPv6 in these tables. */
function isNoise(labels: number, domain: string): boolean {
  return labels === 1 || domain === 'local' || (labels === 6 && /^\d+$/.test(domain))
}

/** `58:50.7`, all that a spreadsheet left of a time, from the start of its hour. */
function milliseconds(time: string): number {
  const parts = /^(\d{1,2}):(\d{1,2}(?:\.\d+)?)$/.exec(time)
  return parts ? Math.round((Number(parts[1]) * 60 + Number(parts[2])) * 1000) : Number.NaN
}
