import type { DnsBatch } from '../../batch/dns-batch.ts'
import { Matcher } from '../capture/matcher.ts'
import { MessageReader } from '../capture/message-reader.ts'
import { portTable } from '../capture/ports.ts'
import { RowSink } from '../capture/row-sink.ts'
import { countMalformed, resetCounts } from '../input-counts.ts'
import { InputError, type InputFile } from '../input-file.ts'
import type { InputCounts, Source, SourceOptions } from '../source.ts'
import { FrameReader } from './frame-reader.ts'
import { FrameTap } from './frame-tap.ts'

/**
 * dnstap in a file of Frame Streams, as `fstrm_capture` and name servers write it. A frame is one message, a query or a
 * response; they are joined to exchanges as those of a capture are. A file without its last frame (STOP) is one still.
 */
class DnstapSource implements Source {
  readonly name: string
  readonly timed = true
  private readonly file: InputFile
  private readonly counts: InputCounts
  private readonly options: SourceOptions

  constructor(file: InputFile, counts: InputCounts, options: SourceOptions) {
    this.name = file.label
    this.file = file
    this.counts = counts
    this.options = options
  }

  async *read(signal: AbortSignal): AsyncGenerator<DnsBatch> {
    const { file, counts, options } = this
    resetCounts(counts)
    const fail = (sentence: string) => {
      counts.failure ??= sentence
    }
    const rows = new RowSink()
    const matcher = new Matcher(rows, [file], [counts], options.responseWaitMs)
    const messages = new MessageReader([counts], portTable(options.ports), matcher)
    const frames = new FrameReader()
    const tap = new FrameTap(counts, messages)
    try {
      chunks: for await (const chunk of file.chunks(fail)) {
        if (signal.aborted) return
        frames.feed(chunk)
        for (let kind = frames.next(); kind !== 'more'; kind = frames.next()) {
          const sentence = tap.frame(kind, frames)
          if (sentence !== undefined) {
            fail(`${file.path === '-' ? 'standard input' : file.path} ${sentence}`)
            break chunks
          }
          for (let batch = rows.ready.shift(); batch !== undefined; batch = rows.ready.shift()) {
            yield batch
            if (signal.aborted) return
            rows.recycle(batch)
          }
        }
      }
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      fail(error.message)
    }
    if (signal.aborted) return
    if (frames.unread > 0 && counts.failure === undefined) countMalformed(counts, 'frame-cut')
    matcher.finish()
    rows.flush()
    for (let batch = rows.ready.shift(); batch !== undefined && !signal.aborted; batch = rows.ready.shift()) yield batch
  }
}

export async function openDnstap(file: InputFile, counts: InputCounts, options: SourceOptions): Promise<Source> {
  return new DnstapSource(file, counts, options)
}
