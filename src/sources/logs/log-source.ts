import { DnsBatch } from '../../batch/dns-batch.ts'
import { InputError, type InputFile } from '../input-file.ts'
import type { InputCounts, Source } from '../source.ts'
import { LineReader } from './line-reader.ts'
import { countProblem, resetCounts } from './log-counts.ts'

/** What a line of a log can become: at most one row. Holds whatever the lines before it said (a header). */
export interface LineParser {
  /** Appends the row of a line to the batch, which has room, or counts why there is none. Never throws. */
  line(bytes: Uint8Array, start: number, end: number, position: number, batch: DnsBatch): void
}

/** Lines of an input; the CSV reader has its own, as its cells may hold line ends. */
export interface Lines {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  readonly number: number
  readonly tooLong: number
  feed(chunk: Uint8Array): void
  finish(): void
  next(): boolean
}

/** What the sources of lines share: one file in, batches out, counted and stopped the same way. */
export abstract class LogSource implements Source {
  readonly name: string
  readonly timed: boolean
  protected readonly file: InputFile
  protected readonly counts: InputCounts

  constructor(file: InputFile, counts: InputCounts, timed: boolean) {
    this.name = file.label
    this.file = file
    this.counts = counts
    this.timed = timed
  }

  /** A parser in its first state: a source may be read again. */
  protected abstract open(): LineParser

  protected lines(): Lines {
    return new LineReader()
  }

  async *read(signal: AbortSignal): AsyncGenerator<DnsBatch> {
    const { counts } = this
    resetCounts(counts)
    const parser = this.open()
    const lines = this.lines()
    const batch = new DnsBatch()
    const fail = (sentence: string) => {
      counts.failure ??= sentence
    }
    try {
      for await (const chunk of withEnd(this.file.chunks(fail))) {
        if (signal.aborted) return
        if (chunk) lines.feed(chunk)
        else lines.finish()
        while (lines.next()) {
          parser.line(lines.bytes, lines.start, lines.end, lines.number, batch)
          if (!batch.full) continue
          counts.rows += batch.rows
          yield batch
          if (signal.aborted) return
          batch.clear()
        }
      }
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      fail(error.message)
    } finally {
      for (let i = 0; i < lines.tooLong; i++) countProblem(counts, 'line-too-long')
    }
    if (batch.rows > 0 && !signal.aborted) {
      counts.rows += batch.rows
      yield batch
    }
  }
}

/** The chunks and then `undefined`, so that the last line is read in the same loop as all others. */
async function* withEnd(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | undefined> {
  yield* chunks
  yield undefined
}
