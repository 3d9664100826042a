/**
 * A payload handed out in bits, for encodings whose units are no whole octets. A set bit closes it, zeros follow, so
 * that the reader finds its end (ISO/IEC 7816-4 padding). An empty payload has nothing to hand out.
 */
export class BitStream {
  readonly #octets: Uint8Array
  #bit = 0
  #told = 0

  constructor(payload: Uint8Array) {
    this.#octets = payload
  }

  /** Payload and closing bit are out. */
  get ended(): boolean {
    return this.#octets.length === 0 || this.#bit > this.#octets.length * 8
  }

  /** The next `bits`, at most 30, as a number. */
  take(bits: number): number {
    const end = this.#octets.length * 8
    let value = 0
    for (let i = 0; i < bits; i++, this.#bit++) {
      const inside = this.#bit < end ? (this.#octets[this.#bit >> 3] >> (7 - (this.#bit & 7))) & 1 : 0
      value = value * 2 + (this.#bit === end ? 1 : inside)
    }
    return value
  }

  /** Payload octets finished since the last call. */
  finished(): number {
    const finished = Math.min(this.#bit >> 3, this.#octets.length)
    const fresh = finished - this.#told
    this.#told = finished
    return fresh
  }
}

/** Puts the bits of a {@link BitStream} together again. */
export class BitSink {
  readonly #bits: number[] = []

  put(value: number, bits: number): void {
    for (let bit = bits - 1; bit >= 0; bit--) this.#bits.push(Math.floor(value / 2 ** bit) & 1)
  }

  payload(): Uint8Array {
    const length = Math.max(0, this.#bits.lastIndexOf(1))
    const octets = new Uint8Array(length >> 3)
    for (let bit = 0; bit < octets.length * 8; bit++) octets[bit >> 3] |= this.#bits[bit] << (7 - (bit & 7))
    return octets
  }
}
