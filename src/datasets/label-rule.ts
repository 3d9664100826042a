import type { CanonicalBatch } from '../detect/canonical-batch.ts'
import type { FoundInputs } from '../sources/inputs/find-inputs.ts'
import { domainHash, rowDomainHash } from './domain-hash.ts'
import { ManifestError } from './manifest.ts'
import { NO_LABEL, type RowLabels, readRowLabels } from './row-labels.ts'

/** The label of a row: 1 attack, 0 benign, undefined where nobody says. */
export type LabelRule = (rows: CanonicalBatch, row: number) => 0 | 1 | undefined

/**
 * A rule from what a person writes: `attack` or `benign` for all rows, `column` for what the tables' label column says,
 * or registered domains that are attack, joined by `;` as in a manifest.
 */
export async function labelRule(text: string, found: FoundInputs, nameColumn: string | undefined): Promise<LabelRule> {
  if (text === 'attack') return () => 1
  if (text === 'benign') return () => 0
  if (text === 'column') return await columnRule(found, nameColumn)
  const attack = new Set(text.split(';').filter(Boolean).map(domainHash))
  return (rows, row) => (attack.has(rowDomainHash(rows, row)) ? 1 : 0)
}

async function columnRule({ inputs }: FoundInputs, nameColumn: string | undefined): Promise<LabelRule> {
  const byInput = new Map<number, RowLabels>()
  for (const { file, type } of inputs) {
    if (file.path === '-')
      throw new ManifestError('Labels of a column are read first: name a file, not standard input.')
    const labels = type === 'csv' ? await readRowLabels(file, nameColumn) : undefined
    if (!labels)
      throw new ManifestError(`${file.path} has no column "label": say which rows are attack in another way.`)
    byInput.set(file.index, labels)
  }
  return ({ batch }, row) => {
    const label = byInput.get(batch.input[row])?.labels[batch.position[row]] ?? NO_LABEL
    return label === NO_LABEL ? undefined : (label as 0 | 1)
  }
}
