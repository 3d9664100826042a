import { growBytes } from '../../batch/grow.ts'

/** Longer lines are skipped and counted: no log writes them, and a file without line ends must not fill memory. */
export const LINE_OCTETS_MAX = 1024 * 1024

const LF = 0x0a
const CR = 0x0d

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

/**
 * Cuts chunks into lines without making strings: after {@link next}, `bytes` from `start` to `end` is a line without
 * its line end, valid until the next call of `next` or `feed`.
 *
 * CRLF and LF end lines, a byte order mark in front of the first is dropped, the last needs no end. NUL and invalid
 * UTF-8 are left as they are: they belong to whoever reads the fields.
 *
 * @example
 * lines.feed(chunk)
 * while (lines.next()) use(lines.bytes, lines.start, lines.end)
 */
export class LineReader {
  bytes: Uint8Array = new Uint8Array(0)
  start = 0
  end = 0
  /** Lines handed out or skipped so far: the number of the current line, counted from 1. */
  number = 0
  /** Lines skipped for their length. */
  tooLong = 0

  /** The chunk twice: a Buffer, whose search is the fast one, and a plain view, so that readers see one class only. */
  private chunk: Buffer = Buffer.alloc(0)
  private plain: Uint8Array = new Uint8Array(0)
  private at = 0
  /** Start of a line whose end is in a chunk to come. */
  private carry: Uint8Array = new Uint8Array(4096)
  private carried = 0
  /** Inside a line that is being skipped. */
  private skipping = false
  private finished = false

  /** Hands over the next chunk; the last one must be used up. The chunk is read in place. */
  feed(chunk: Uint8Array): void {
    this.chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    this.plain = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length)
    this.at = 0
  }

  /** Says that no chunk will follow: the last line may lack its end. */
  finish(): void {
    this.feed(new Uint8Array(0))
    this.finished = true
  }

  next(): boolean {
    for (;;) {
      const lineEnd = this.chunk.indexOf(LF, this.at)
      if (lineEnd < 0) {
        this.keep(this.chunk.length)
        this.at = this.chunk.length
        if (!this.finished || (this.carried === 0 && !this.skipping)) return false
        if (this.take(this.carry, 0, this.carried)) return true
        continue
      }
      const from = this.at
      this.at = lineEnd + 1
      if (this.carried === 0 && !this.skipping) {
        if (this.take(this.plain, from, lineEnd)) return true
        continue
      }
      this.at = from
      this.keep(lineEnd)
      this.at = lineEnd + 1
      if (this.take(this.carry, 0, this.carried)) return true
    }
  }

  /** Puts the octets up to `end` behind what is carried, or starts to skip where the line gets too long. */
  private keep(end: number): void {
    const length = end - this.at
    if (this.skipping) return
    if (this.carried + length > LINE_OCTETS_MAX + 2) {
      this.skipping = true
      this.carried = 0
      return
    }
    if (this.carried + length > this.carry.length) this.carry = growBytes(this.carry, this.carried + length)
    this.carry.set(this.chunk.subarray(this.at, end), this.carried)
    this.carried += length
  }

  private take(bytes: Uint8Array, start: number, end: number): boolean {
    this.number++
    const tooLong = this.skipping || end - start > LINE_OCTETS_MAX
    this.carried = 0
    this.skipping = false
    if (tooLong) {
      this.tooLong++
      return false
    }
    if (this.number === 1 && bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf) {
      start = Math.min(start + 3, end)
    }
    if (end > start && bytes[end - 1] === CR) end--
    this.bytes = bytes
    this.start = start
    this.end = end
    return true
  }
}
