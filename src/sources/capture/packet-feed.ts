import { countMalformed } from '../input-counts.ts'
import type { InputFile } from '../input-file.ts'
import type { InputCounts } from '../source.ts'
import { ChunkCursor } from './chunk-cursor.ts'
import { openCapture } from './open-capture.ts'
import type { Packet, PacketStream } from './packet-stream.ts'

/** One input of an observation; its counts are filled in as it is read. */
export interface CaptureInput {
  readonly file: InputFile
  readonly counts: InputCounts
}

/**
 * The packets of one file as a head that the merge compares by time.
 *
 * {@link peek} learns the first packet's time and closes the file again, so that thousands of rotated files hold one
 * descriptor at a time; {@link resume} opens it anew when its turn comes. Standard input can be read
 * once only and stays open, and so does what took more than a chunk (a pipe keeps no more than its first).
 */
export class PacketFeed {
  readonly input: CaptureInput
  /** Rank among the files of the source. */
  readonly rank: number
  /** Time of the head; a packet without time goes first. */
  timeMs = Number.NEGATIVE_INFINITY
  position = 0
  /** Packets whose link type nobody reads. */
  unread = 0
  private cursor: ChunkCursor | undefined
  private stream: PacketStream | undefined

  constructor(input: CaptureInput, rank: number) {
    this.input = input
    this.rank = rank
  }

  /** The head; valid until the next {@link advance}. Only after {@link resume}. */
  get current(): Packet {
    return this.stream!.current
  }

  get isOpen(): boolean {
    return this.stream !== undefined
  }

  /** Reads up to the first packet; false where there is none, and why is in the counts. */
  async peek(): Promise<boolean> {
    const found = await this.resume()
    const once = this.input.file.path === '-' || (this.cursor !== undefined && this.cursor.taken > 1)
    if (!found || !once) await this.close()
    return found
  }

  /** Opens the file at its first packet. */
  async resume(): Promise<boolean> {
    try {
      this.cursor = new ChunkCursor(this.input.file.chunks(this.report), this.report)
      this.stream = await openCapture(this.cursor, this.fail)
    } catch (error) {
      this.report(error instanceof Error ? error.message : String(error))
      return false
    }
    if (this.stream === undefined || !(await this.stream.advance())) return false
    this.takeHead()
    return true
  }

  /** Goes to the next packet; false at the end. */
  advance(): boolean | Promise<boolean> {
    const more = this.stream!.advance()
    if (more === true) this.takeHead()
    return more === true || more === false ? more : this.settle(more)
  }

  /** Lets go of the file, and says so where it held only packets we cannot read. */
  async close(): Promise<void> {
    const { counts } = this.input
    const { cursor } = this
    if (this.unread > 0 && this.unread === counts.packets) {
      const names = Object.keys(counts.malformed).filter((reason) => /^(link|interface)-/.test(reason))
      this.fail(`holds no packet of a link type that is read (${names.join(', ')})`)
    }
    this.stream = undefined
    this.cursor = undefined
    try {
      await cursor?.close()
    } catch {
      // Nothing is read from it any more.
    }
  }

  private async settle(pending: Promise<boolean>): Promise<boolean> {
    const more = await pending
    if (more) this.takeHead()
    return more
  }

  private takeHead(): void {
    const { timeMs, offset } = this.stream!.current
    if (timeMs < this.timeMs && offset > this.position) countMalformed(this.input.counts, 'time-backwards')
    this.timeMs = Number.isNaN(timeMs) ? Number.NEGATIVE_INFINITY : timeMs
    this.position = offset
  }

  /** The format's complaint, without its subject. */
  private readonly fail = (predicate: string): void => {
    const { label } = this.input.file
    this.report(`${label === '-' ? 'standard input' : label} ${predicate}.`)
  }

  /** The file's own complaint, a whole sentence; the first one stands. */
  private readonly report = (sentence: string): void => {
    this.input.counts.failure ??= sentence
  }
}
