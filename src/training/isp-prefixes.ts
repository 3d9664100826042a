import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { ManifestRow } from '../datasets/manifest.ts'

/** Antivirus reputation keys that the list holds under both labels (reference data notes): neither class learns them. */
const QUARANTINED = /\.a\.[a-z]$|(?:^|\.)av[qt]s(?:\.|$)/

/**
 * Distinct benign prefixes of a list of real resolver names that was published without their domains
 * (`text,label,...`, label 0 only), sorted.
 */
export function readIspPrefixes(row: ManifestRow): string[] {
  const raw = readFileSync(row.path)
  const text = (row.path.endsWith('.gz') ? gunzipSync(raw) : raw).toString('latin1')
  const prefixes = new Set<string>()
  for (const line of text.split('\n').slice(1)) {
    const [prefix, label] = line.split(',')
    if (label === '0' && prefix !== '' && !QUARANTINED.test(prefix.toLowerCase())) prefixes.add(prefix.toLowerCase())
  }
  return [...prefixes].sort()
}
