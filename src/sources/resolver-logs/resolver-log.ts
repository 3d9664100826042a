import type { InputFile } from '../input-file.ts'
import type { InputType } from '../inputs/input-type.ts'
import { countProblem } from '../logs/log-problem.ts'
import { type LineParser, LogSource } from '../logs/log-source.ts'
import type { InputCounts, Source, SourceOptions } from '../source.ts'
import { ExchangeJoin } from './exchange-join.ts'
import { lineTime, readLineTime } from './line-time.ts'

/** What a reader of lines works with: where exchanges go, and what was counted. */
export interface LineContext {
  readonly join: ExchangeJoin
  readonly counts: InputCounts
}

/** The log that one kind of name server writes, a line an event. */
export interface ResolverLog {
  readonly type: InputType
  /** Whether this is a line of a query or an answer; `text` is the line, with its time. */
  claims(text: string): boolean
  /** Answers come in several lines. */
  readonly holds?: boolean
  /** Reads what stands behind the time of a line at `timeMs`, at this position of the input; false where it tells of no query. Never throws. */
  read(body: string, timeMs: number, position: number, context: LineContext): boolean
}

/** No line of a name server is longer: a name is at most 1,017 characters, twice in BIND's. */
const LINE_MAX = 8192

/** Reads one of {@link ResolverLog}. Lines that tell of no query are counted as skipped: servers log much else. */
class ResolverLogSource extends LogSource {
  private readonly log: ResolverLog
  private readonly waitMs: number

  constructor(file: InputFile, counts: InputCounts, { responseWaitMs }: SourceOptions, log: ResolverLog) {
    super(file, counts, true)
    this.log = log
    this.waitMs = responseWaitMs
  }

  protected override open(): LineParser {
    const { file, counts, log } = this
    const context: LineContext = { join: new ExchangeJoin(file.index, this.waitMs, log.holds), counts }
    return {
      line(bytes, start, end, position) {
        if (start === end) return
        const text = latin1(bytes, start, Math.min(end, start + LINE_MAX))
        // Asked for line by line: a log that is followed is written into the next year.
        const timed = readLineTime(text, file.writtenMs ?? Number.NaN)
        if (!timed && log.claims(text)) countProblem(counts, 'time-invalid')
        else if (!timed || !log.read(text.slice(lineTime.end), lineTime.timeMs, position, context)) counts.skipped++
      },
      more: (batch, atEnd) => context.join.appendTo(batch, atEnd),
    }
  }
}

/** Opens the log of one kind of server. */
export function openResolverLog(log: ResolverLog) {
  return async (file: InputFile, counts: InputCounts, options: SourceOptions): Promise<Source> =>
    new ResolverLogSource(file, counts, options, log)
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')
}
