import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CsvCells } from '../sources/logs/csv-cells.ts'

const LABELS = ['attack', 'benign', 'mixed'] as const
const COLUMNS = ['file', 'format', 'label', 'family', 'network', 'split', 'group', 'domains'] as const
const COMMA = 0x2c

/** A manifest, or a file it names, that is not what it should be: one sentence for a person. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError'
}

/** Whether content that begins so is a manifest, by the columns of its first line. */
export function isManifest(head: Uint8Array): boolean {
  const [line = ''] = Buffer.from(head).toString('utf8').split(/\r?\n/, 1)
  const columns = cellsOf(line)
  return COLUMNS.every((name) => columns.includes(name))
}

/** One row of a `MANIFEST.csv` (DESIGN.md 7). */
export interface ManifestRow {
  readonly path: string
  readonly file: string
  readonly format: string
  readonly label: (typeof LABELS)[number]
  readonly family: string
  readonly network: string
  readonly split: string
  readonly group: string
  /** Registered domains that are attack; `*` where the tunnel has none. */
  readonly domains: readonly string[]
}

/**
 * Reads a `MANIFEST.csv`: a header, then one file a line, paths relative to the manifest. Throws {@link ManifestError}
 * where its content is not one. Quoted cells are understood, line breaks inside them are not.
 */
export function readManifest(path: string): ManifestRow[] {
  const [head = [], ...rows] = readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map(cellsOf)
  const missing = COLUMNS.find((name) => !head.includes(name))
  if (missing) throw new ManifestError(`The manifest ${path} has no column "${missing}".`)
  return rows.map((cells) => {
    const [file, format, label, family, network, split, group, domains] = COLUMNS.map(
      (name) => cells[head.indexOf(name)] ?? '',
    )
    if (file === '' || !isLabel(label)) {
      throw new ManifestError(
        `The manifest ${path} has a row without a file or with the label "${label}": "${cells.join(',')}".`,
      )
    }
    return {
      ...{ path: join(dirname(path), file), file, format, label, family, network, split, group },
      domains: domains.split(';').filter(Boolean),
    }
  })
}

function isLabel(text: string): text is ManifestRow['label'] {
  return (LABELS as readonly string[]).includes(text)
}

function cellsOf(line: string): string[] {
  const bytes = Buffer.from(line)
  const cells = new CsvCells()
  cells.cut(bytes, 0, bytes.length, COMMA)
  return cells.texts()
}
