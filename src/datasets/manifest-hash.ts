import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ManifestRow } from './manifest.ts'

/** Proves which files and domains a model was trained on: rows in order, and each file's content. */
export function manifestHash(rows: readonly ManifestRow[]): string {
  const hash = createHash('sha256')
  for (const row of rows) {
    hash.update(`${row.file}\n${row.label}\n${row.domains.join(';')}\n`)
    hash.update(createHash('sha256').update(readFileSync(row.path)).digest())
  }
  return hash.digest('hex')
}
