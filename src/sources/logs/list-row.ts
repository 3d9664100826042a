import { MARK } from '../../batch/dns-batch.ts'
import { parseNameOctets } from '../../dns/name.ts'
import type { InputCounts } from '../source.ts'
import { hasReplacement } from './log-name.ts'
import { countProblem } from './log-problem.ts'
import type { LogRow } from './log-row.ts'

const QUESTION_MARK = 0x3f

/**
 * Sets the name of a row from a list or table and counts the query; false, counted, where it is no name.
 *
 * Besides U+FFFD, a question mark is taken for a lost octet: programs that print names write it for what they cannot.
 */
export function fillListRow(row: LogRow, bytes: Uint8Array, start: number, end: number, counts: InputCounts): boolean {
  row.nameLength = parseNameOctets(bytes, start, end, row.name, 0)
  if (row.nameLength < 0) {
    countProblem(counts, 'name-invalid')
    return false
  }
  row.marks |= MARK.query
  if (hasReplacement(bytes, start, end) || bytes.subarray(start, end).includes(QUESTION_MARK)) {
    row.marks |= MARK.nameLossy
  }
  counts.queries++
  counts.messages++
  return true
}
