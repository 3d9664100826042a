import { type DnsBatch, MARK } from '../../batch/dns-batch.ts'
import type { InputFile } from '../input-file.ts'
import type { InputCounts, SourceOptions } from '../source.ts'
import { fillListRow } from './list-row.ts'
import { countProblem } from './log-problem.ts'
import { LogRow } from './log-row.ts'
import { type LineParser, LogSource } from './log-source.ts'

const HASH_SIGN = 0x23
const SPACE = 0x20

/**
 * A list of names, one a line; `#` begins a comment, blank lines are nothing.
 *
 * A list says that names were asked, not when, by whom or how often: rows have no time, no client and no answers.
 */
export class NamesSource extends LogSource {
  constructor(file: InputFile, counts: InputCounts, _options: SourceOptions) {
    super(file, counts, false)
  }

  protected override open(): LineParser {
    const { counts } = this
    const input = this.file.index
    const row = new LogRow()
    return {
      line(bytes: Uint8Array, start: number, end: number, position: number, batch: DnsBatch): void {
        while (start < end && bytes[start] <= SPACE) start++
        end = commentStart(bytes, start, end)
        while (end > start && bytes[end - 1] <= SPACE) end--
        if (start === end) return
        row.reset()
        // A blank inside is a sentence or a table, and no name of a list has one.
        if (hasBlank(bytes, start, end)) countProblem(counts, 'name-invalid')
        else if (fillListRow(row, bytes, start, end, counts)) {
          row.marks |= MARK.namesOnly
          row.appendTo(batch, input, position)
        }
      },
    }
  }
}

/** Where a comment begins: at `#` in front of everything or behind a blank, since names may hold the sign. */
function commentStart(bytes: Uint8Array, start: number, end: number): number {
  for (let i = start; i < end; i++) {
    if (bytes[i] === HASH_SIGN && (i === start || bytes[i - 1] <= SPACE)) return i
  }
  return end
}

function hasBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === SPACE || bytes[i] === 9) return true
  return false
}
