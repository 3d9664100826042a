import { DnsBatch } from '../../batch/dns-batch.ts'
import type { InputFile } from '../input-file.ts'
import type { InputCounts, Source } from '../source.ts'
import { LineReader, type Lines } from './line-reader.ts'
import { type LineParser as Parser, readBatches } from './read-batches.ts'

/** What a line of a log of queries can become. */
export type LineParser = Parser<DnsBatch>

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

  read(signal: AbortSignal): AsyncGenerator<DnsBatch> {
    const { file, counts } = this
    return readBatches({ file, counts, lines: this.lines() }, this.open(), new DnsBatch(), signal)
  }
}
