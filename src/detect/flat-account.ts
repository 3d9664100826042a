import { ACCOUNT_SECONDS } from './detection-model.ts'
import { type FlatTable, WORD } from './flat-table.ts'

/**
 * Decays a row's accounts to `timeMs` and adds the octets of one novel name to each (papers.md 5.3):
 * `I <- I exp(-dt / tau) + bits / 8`. A row that comes late is charged without decay. NaN (no times) never decays.
 */
export function chargeRow(table: FlatTable, at: number, timeMs: number, octets: number): void {
  const { floats } = table
  const since = (timeMs - table.lastMs(at)) / 1000
  for (let scale = 0; scale < ACCOUNT_SECONDS.length; scale++) {
    const word = at + WORD.account + scale
    const decay = since > 0 ? Math.exp(-since / ACCOUNT_SECONDS[scale]) : 1
    floats[word] = floats[word] * decay + octets
  }
  floats[at + WORD.octets] += octets
  const seconds = (timeMs - table.doubles[at / 2 + 1]) / 1000
  if (seconds > floats[at + WORD.lastSeconds]) floats[at + WORD.lastSeconds] = seconds
}

/** Counts one query of the row, saturating at 65,535 (rich state counts exactly). */
export function countQuery(table: FlatTable, at: number): void {
  const word = at + WORD.counters
  if ((table.words[word] & 0xffff) < 0xffff) table.words[word]++
}

/** Novel names of the row, saturating at 255. */
export function novelCount(table: FlatTable, at: number): number {
  return (table.words[at + WORD.counters] >>> 16) & 0xff
}

/** Counts one novel name of the row and its prefix octets. */
export function countNovel(table: FlatTable, at: number, prefixOctets: number): void {
  if (novelCount(table, at) < 0xff) table.words[at + WORD.counters] += 0x10000
  table.words[at + WORD.prefixOctets] += prefixOctets
}

const FINGERPRINTS = 4

function fingerprint(lo: number, hi: number): number {
  return (lo ^ (hi >>> 16)) & 0xffff || 1
}

function fingerprintAt(table: FlatTable, at: number, i: number): number {
  return (table.words[at + WORD.fingerprints + (i >> 1)] >>> ((i & 1) * 16)) & 0xffff
}

/** Whether the row remembers the name by one of its four 16-bit fingerprints: wrong one time in 16,000. */
export function isKnownInRow(table: FlatTable, at: number, lo: number, hi: number): boolean {
  const print = fingerprint(lo, hi)
  for (let i = 0; i < FINGERPRINTS; i++) if (fingerprintAt(table, at, i) === print) return true
  return false
}

/** Remembers the name; false where the row knew it. A full row takes every further name for new, so none goes free. */
export function addToRow(table: FlatTable, at: number, lo: number, hi: number): boolean {
  if (isKnownInRow(table, at, lo, hi)) return false
  for (let i = 0; i < FINGERPRINTS; i++) {
    if (fingerprintAt(table, at, i) !== 0) continue
    table.words[at + WORD.fingerprints + (i >> 1)] |= fingerprint(lo, hi) << ((i & 1) * 16)
    break
  }
  return true
}
