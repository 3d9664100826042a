import { setTimeout as sleep } from 'node:timers/promises'
import type { DnsBatch } from '../../batch/dns-batch.ts'
import { resetCounts } from '../input-counts.ts'
import type { Source, SourceOptions } from '../source.ts'
import { FeedHeap } from './feed-heap.ts'
import { Matcher } from './matcher.ts'
import { MessageReader } from './message-reader.ts'
import { PacketDecoder } from './packet-decoder.ts'
import { type CaptureInput, PacketFeed } from './packet-feed.ts'
import { portTable } from './ports.ts'
import { RowSink } from './row-sink.ts'

/**
 * DNS exchanges of pcap and pcapng files, read as one observation.
 *
 * Packets of all files are merged by time, then file, then place, into one decoder, so that a capture cut into pieces
 * gives the rows of the whole. Time that runs backwards within a file is taken as it comes: around such a packet a
 * merge with other files may interleave differently from the whole, but loses nothing.
 */
export class CaptureSource implements Source {
  readonly name = 'capture'
  readonly timed = true
  private readonly inputs: readonly CaptureInput[]
  private readonly options: SourceOptions

  constructor(inputs: readonly CaptureInput[], options: SourceOptions) {
    // Rank decides ties in time; it must not depend on the order of arguments.
    this.inputs = [...inputs].sort((a, b) => a.file.index - b.file.index)
    this.options = options
  }

  async *read(signal: AbortSignal): AsyncGenerator<DnsBatch> {
    const counts = this.inputs.map((input) => input.counts)
    counts.forEach(resetCounts)
    const files = this.inputs.map((input) => input.file)
    const rows = new RowSink()
    const ports = portTable(this.options.ports)
    const matcher = new Matcher(rows, files, counts, this.options.responseWaitMs)
    const decoder = new PacketDecoder(counts, ports, new MessageReader(counts, ports, matcher))
    const feeds = this.inputs.map((input, rank) => new PacketFeed(input, rank))
    try {
      const heap = await peekAll(feeds, signal)
      for (let feed = heap.first; feed !== undefined && !signal.aborted; feed = heap.first) {
        let more: boolean | Promise<boolean> = feed.isOpen || (await feed.resume())
        while (more === true && heap.first === feed) {
          more = readOn(feed, heap, decoder, rows)
          if (typeof more !== 'boolean') {
            if (this.options.liveNow) yield* whileWaiting(more, matcher, rows, this.options.liveNow)
            more = await more
            if (signal.aborted) return
          }
          if (rows.ready.length > 0) {
            yield* handOver(rows)
            if (signal.aborted) return
          }
          if (more) heap.settle()
        }
        if (!more) {
          await feed.close()
          heap.shift()
        }
      }
      if (signal.aborted) return
      decoder.finish()
      matcher.finish()
      rows.flush()
      yield* handOver(rows)
    } finally {
      for (const feed of feeds) if (feed.isOpen) await feed.close()
    }
  }
}

/**
 * Reads packets as long as the file stays first and nothing must be awaited or handed over. Returns whether the file goes
 * on. A function of its own, as a loop inside a generator is compiled again with each part of it.
 */
function readOn(feed: PacketFeed, heap: FeedHeap, decoder: PacketDecoder, rows: RowSink): boolean | Promise<boolean> {
  for (;;) {
    if (!decoder.packet(feed.current, feed.rank)) feed.unread++
    const more = feed.advance()
    if (more !== true || rows.ready.length > 0) return more
    heap.settle()
    if (heap.first !== feed) return true
  }
}

/** First packets of all files. Each is closed again; those without packets are left out. */
async function peekAll(feeds: readonly PacketFeed[], signal: AbortSignal): Promise<FeedHeap> {
  const heap = new FeedHeap()
  for (const feed of feeds) {
    if (signal.aborted) break
    // A single file needs no comparing.
    if (feeds.length === 1 ? await feed.resume() : await feed.peek()) heap.push(feed)
    else await feed.close()
  }
  return heap
}

function* handOver(rows: RowSink): Generator<DnsBatch> {
  for (let batch = rows.ready.shift(); batch !== undefined; batch = rows.ready.shift()) {
    yield batch
    rows.recycle(batch)
  }
}

/** How long after it came a row of a live capture is handed on, where no more come. */
const LOOK_EVERY_MS = 200

/** Hands over, until `more` is known, what has come so far, and the queries that have waited long enough for an answer. */
async function* whileWaiting(
  more: Promise<boolean>,
  matcher: Matcher,
  rows: RowSink,
  now: () => number,
): AsyncGenerator<DnsBatch> {
  const sinceMs = now()
  const settled = more.then(
    () => true,
    () => true,
  )
  for (let isOver = false; !isOver; ) {
    const wait = new AbortController()
    const look = sleep(LOOK_EVERY_MS, false, { signal: wait.signal }).catch(() => false)
    isOver = await Promise.race([settled, look])
    wait.abort()
    if (isOver) return
    matcher.advanceBy(now() - sinceMs)
    rows.flush()
    yield* handOver(rows)
  }
}
