import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import type { DataKind } from './data-set.ts'
import { kindOf } from './load-data-sets.ts'
import type { ManifestRow } from './manifest.ts'

/** A capture may be larger than memory. */
const CHUNK_OCTETS = 1 << 20

/** Proves which files and domains a model was trained on: rows in order, and each file's content. */
export function manifestHash(rows: readonly ManifestRow[]): string {
  const hash = createHash('sha256')
  for (const row of rows) {
    hash.update(`${row.file}\n${row.label}\n${row.domains.join(';')}\n`)
    hash.update(fileHash(row.path))
  }
  return hash.digest('hex')
}

/** The hash of those rows that train a model of one kind of table: rows held out may come and go. */
export function trainingHash(rows: readonly ManifestRow[], kind: DataKind): string {
  return manifestHash(rows.filter((row) => row.split === 'train' && kindOf(row, kind) === kind))
}

function fileHash(path: string): Buffer {
  const hash = createHash('sha256')
  const chunk = Buffer.allocUnsafe(CHUNK_OCTETS)
  const file = openSync(path, 'r')
  try {
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) hash.update(chunk.subarray(0, read))
  } finally {
    closeSync(file)
  }
  return hash.digest()
}
