import { resetCounts } from '../input-counts.ts'
import { InputError, type InputFile } from '../input-file.ts'
import type { InputCounts } from '../source.ts'
import type { Lines } from './line-reader.ts'
import { countProblem } from './log-problem.ts'

/** Columns that are filled row by row and handed on when they are full. */
export interface Batch {
  readonly rows: number
  readonly full: boolean
  clear(): void
}

/** What a line of a log can become: at most one row, or more from {@link more}. Holds whatever the lines before it said (a header). */
export interface LineParser<B> {
  /** Appends the row of a line to the batch, which has room, or counts why there is none. Never throws. */
  line(bytes: Uint8Array, start: number, end: number, position: number, batch: B): void
  /**
   * Appends one row that earlier lines left, where lines make rows together; false where none is due. Asked after each line
   * until there is none, and with `atEnd` after the last.
   */
  more?(batch: B, atEnd: boolean): boolean
}

/** One file in, batches out, counted and stopped the same way whatever its lines are. The batch is filled again and again. */
export async function* readBatches<B extends Batch>(
  { file, counts, lines }: { readonly file: InputFile; readonly counts: InputCounts; readonly lines: Lines },
  parser: LineParser<B>,
  batch: B,
  signal: AbortSignal,
): AsyncGenerator<B> {
  resetCounts(counts)
  const fail = (sentence: string) => {
    counts.failure ??= sentence
  }
  try {
    for await (const chunk of withEnd(file.chunks(fail))) {
      if (signal.aborted) return
      if (chunk) lines.feed(chunk)
      else lines.finish()
      while (fill(batch, lines, parser)) {
        counts.rows += batch.rows
        yield batch
        if (signal.aborted) return
        batch.clear()
      }
      // A log that is followed says so when it has nothing more for now: what was read of it waits for nobody.
      if (chunk?.length === 0 && batch.rows > 0) {
        counts.rows += batch.rows
        yield batch
        batch.clear()
      }
      while (chunk === undefined && parser.more?.(batch, true) === true) {
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

/**
 * Reads lines until the batch is full; false where they are used up before. A function of its own, as a loop inside a
 * generator starts uncompiled with each chunk.
 */
function fill<B extends Batch>(batch: B, lines: Lines, parser: LineParser<B>): boolean {
  for (;;) {
    while (parser.more?.(batch, false) === true) if (batch.full) return true
    if (!lines.next()) return false
    parser.line(lines.bytes, lines.start, lines.end, lines.number, batch)
    if (batch.full) return true
  }
}

/** The chunks and then `undefined`, so that the last line is read in the same loop as all others. */
async function* withEnd(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | undefined> {
  yield* chunks
  yield undefined
}
