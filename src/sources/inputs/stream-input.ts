import type { Readable } from 'node:stream'
import { InputError } from '../input-file.ts'

/** Octets collected before the first chunk is handed over: enough to recognise any format by. */
const FIRST_OCTETS = 64 * 1024

/**
 * Octets of something that can be read once (standard input, a named pipe), in a form that can be looked at first:
 * what was read is kept until a second chunk is asked for, so that a reader who stops after the first chunk to
 * recognise the format leaves everything to the next one.
 */
export class OnceOnlyStream {
  private readonly open: () => Readable
  private iterator: AsyncIterator<Uint8Array> | undefined
  private first: Uint8Array | undefined
  /** The first chunk is all there is, so it can be handed over any number of times. */
  private whole = false
  private spent = false

  constructor(open: () => Readable) {
    this.open = open
  }

  async *chunks(label: string, onFailure: (sentence: string) => void): AsyncGenerator<Uint8Array> {
    if (this.spent) throw new InputError(`${label} can be read only once.`)
    try {
      this.iterator ??= this.open()[Symbol.asyncIterator]()
      this.first ??= await this.collect(this.iterator)
      yield this.first
      if (this.whole) return
      this.spent = true
      this.first = undefined
      for (;;) {
        const { done, value } = await this.iterator.next()
        if (done) return
        yield value
      }
    } catch (error) {
      onFailure(`${label} cannot be read to its end (${error instanceof Error ? error.message : String(error)}).`)
    } finally {
      // Left in the middle: let the producer know. Left after the first chunk: somebody will come back.
      if (this.spent) await this.iterator?.return?.()
    }
  }

  /** Reads on until {@link FIRST_OCTETS} are there or the stream is over. */
  private async collect(iterator: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    for (let octets = 0; octets < FIRST_OCTETS; ) {
      const { done, value } = await iterator.next()
      if (done) {
        this.whole = true
        break
      }
      parts.push(value)
      octets += value.length
    }
    return parts.length === 1 ? parts[0] : Buffer.concat(parts)
  }
}
