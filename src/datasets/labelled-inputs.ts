import { basename } from 'node:path'
import { InputError } from '../sources/input-file.ts'
import { openInput, readHead } from '../sources/inputs/open-input.ts'
import { findLegacyLayout } from './legacy-layout.ts'
import { isManifest, ManifestError, type ManifestRow, readManifest } from './manifest.ts'
import { readRowLabels } from './row-labels.ts'

/**
 * The labelled files that arguments stand for: the rows of manifests, tables of the originals, and tables of names with
 * a label column. A table by itself counts as one that trains. Throws {@link ManifestError} where nobody says what is
 * attack.
 *
 * @example
 * await labelledInputs(['lab/MANIFEST.csv', 'names.csv'])
 */
export async function labelledInputs(paths: readonly string[]): Promise<ManifestRow[]> {
  const rows: ManifestRow[] = []
  for (const path of paths) {
    const file = openInput({ index: 0, label: basename(path), path, once: false })
    const head = await headOf(path, () => readHead(file))
    if (isManifest(head)) rows.push(...readManifest(path))
    else if (findLegacyLayout(head) !== undefined) rows.push(tableRow(path, 'csv-legacy'))
    else if (await readRowLabels(file, undefined)) rows.push(tableRow(path, 'csv-names'))
    else {
      throw new ManifestError(
        `${path} has no labels: name a MANIFEST.csv that says what is attack, or a table with the columns domain and label.`,
      )
    }
  }
  return rows
}

function tableRow(path: string, format: string): ManifestRow {
  const file = basename(path)
  return {
    path,
    file,
    format,
    label: 'mixed',
    family: 'unknown',
    network: file,
    split: 'train',
    group: '',
    domains: [],
  }
}

async function headOf(path: string, read: () => Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await read()
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause
    throw new ManifestError(cause.message.startsWith(path) ? cause.message : `${path} ${cause.message}`, { cause })
  }
}
