import type { InputCounts } from '../source.ts'

/** Back to nothing read: an input that is read again is counted again, not twice. */
export function resetCounts(counts: InputCounts): void {
  counts.packets = 0
  counts.messages = 0
  counts.queries = 0
  counts.responses = 0
  counts.rows = 0
  counts.malformed = {}
  counts.skipped = 0
  delete counts.failure
}

/** Counts one packet, or part of one, that was not what its format promises. */
export function countMalformed(counts: InputCounts, reason: string): void {
  counts.malformed[reason] = (counts.malformed[reason] ?? 0) + 1
}
