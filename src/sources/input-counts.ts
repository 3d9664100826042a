import type { InputCounts } from './source.ts'

/** Counts of an input nobody has read. */
export function newCounts(source: string): InputCounts {
  return { source, packets: 0, messages: 0, queries: 0, responses: 0, rows: 0, malformed: {}, skipped: 0 }
}

/** Back to nothing read: an input that is read again is counted again, not twice. */
export function resetCounts(counts: InputCounts): void {
  Object.assign(counts, newCounts(counts.source))
  delete counts.failure
}

/** Counts one packet, frame or line, or part of one, that was not what its format promises. */
export function countMalformed(counts: InputCounts, reason: string): void {
  counts.malformed[reason] = (counts.malformed[reason] ?? 0) + 1
}
