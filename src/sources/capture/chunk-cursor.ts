const EMPTY = new Uint8Array(0)

/**
 * A moving window over a stream of chunks: `bytes[at..end)` are the octets at hand, in one piece.
 *
 * Memory follows what really arrived, never a length the content promises: {@link fill} takes chunk after chunk until
 * there is enough or the stream ends. An iterator that throws ends the stream, and the message goes to `fail`.
 */
export class ChunkCursor {
  bytes: Uint8Array = EMPTY
  at = 0
  end = 0
  /** Chunks taken so far. */
  taken = 0
  /** Offset in the stream of `bytes[0]`. */
  private base = 0
  private carry: Uint8Array = EMPTY
  private readonly chunks: AsyncIterator<Uint8Array>
  private readonly fail: (sentence: string) => void

  constructor(chunks: AsyncIterable<Uint8Array>, fail: (sentence: string) => void) {
    this.chunks = chunks[Symbol.asyncIterator]()
    this.fail = fail
  }

  get available(): number {
    return this.end - this.at
  }

  /** Offset in the stream of the next octet. */
  get offset(): number {
    return this.base + this.at
  }

  /** Reads on until `need` octets are at hand; false where the stream ends before. Moves the octets at hand. */
  async fill(need: number): Promise<boolean> {
    while (this.end - this.at < need) {
      // Before the await: a producer may reuse its chunk.
      this.saveRest()
      const chunk = await this.next()
      if (chunk === undefined) return false
      this.append(chunk)
    }
    return true
  }

  /** Passes over `count` octets, which need not fit into memory; false where the stream ends before. */
  async skip(count: number): Promise<boolean> {
    while (count > this.available) {
      count -= this.available
      this.at = this.end
      if (!(await this.fill(1))) return false
    }
    this.at += count
    return true
  }

  /** Lets go of the file. */
  async close(): Promise<void> {
    await this.chunks.return?.()
  }

  private async next(): Promise<Uint8Array | undefined> {
    try {
      const result = await this.chunks.next()
      if (result.done) return undefined
      this.taken++
      return result.value
    } catch (error) {
      this.fail(error instanceof Error ? error.message : String(error))
      return undefined
    }
  }

  private saveRest(): void {
    const rest = this.end - this.at
    if (this.carry.length < rest) this.carry = new Uint8Array(rest * 2)
    if (rest > 0) this.carry.set(this.bytes.subarray(this.at, this.end))
    this.base += this.at
    this.bytes = this.carry
    this.at = 0
    this.end = rest
  }

  private append(chunk: Uint8Array): void {
    if (this.end === 0) {
      // Never a Buffer: whoever reads the octets would meet two classes and be compiled twice for the second.
      this.bytes =
        chunk.constructor === Uint8Array ? chunk : new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length)
      this.end = chunk.length
      return
    }
    const length = this.end + chunk.length
    if (this.carry.length < length) {
      const grown = new Uint8Array(Math.max(length, this.carry.length * 2))
      grown.set(this.carry.subarray(0, this.end))
      this.carry = grown
    }
    this.carry.set(chunk, this.end)
    this.bytes = this.carry
    this.end = length
  }
}
