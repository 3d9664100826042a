import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** One row of a `MANIFEST.csv` (DESIGN.md 7). */
export interface ManifestRow {
  readonly path: string
  readonly file: string
  readonly format: string
  readonly label: 'attack' | 'benign' | 'mixed'
  readonly family: string
  readonly network: string
  readonly split: string
  readonly group: string
  /** Registered domains that are attack; `*` where the tunnel has none. */
  readonly domains: readonly string[]
}

/**
 * Reads a `MANIFEST.csv`: a header, then one file a line, paths relative to the manifest. Throws an error of one
 * sentence where a needed column is missing. Quoted cells are understood, line breaks inside them are not.
 */
export function readManifest(path: string): ManifestRow[] {
  const [head, ...lines] = readFileSync(path, 'utf8').split(/\r?\n/).filter((line) => line !== '')
  const names = splitCsvLine(head)
  const column = (name: string) => {
    const at = names.indexOf(name)
    if (at < 0) throw new Error(`The manifest ${path} has no column "${name}".`)
    return at
  }
  const at = Object.fromEntries(
    ['file', 'format', 'label', 'family', 'network', 'split', 'group', 'domains'].map((name) => [name, column(name)]),
  )
  return lines.map((line) => {
    const cells = splitCsvLine(line)
    const cell = (name: string) => cells[at[name]] ?? ''
    return {
      path: join(dirname(path), cell('file')),
      file: cell('file'),
      format: cell('format'),
      label: cell('label') as ManifestRow['label'],
      family: cell('family'),
      network: cell('network'),
      split: cell('split'),
      group: cell('group'),
      domains: cell('domains').split(';').filter(Boolean),
    }
  })
}

function splitCsvLine(line: string): string[] {
  const cells: string[] = []
  for (const match of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    cells.push(match[1] !== undefined ? match[1].replaceAll('""', '"') : match[2])
  }
  return cells
}
