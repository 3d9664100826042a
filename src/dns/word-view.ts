let seen: Uint8Array = new Uint8Array(0)
let view = new DataView(seen.buffer)

/**
 * The octets of an array by words, from any place on. The last view is kept, since one array holds thousands of messages;
 * so is its array, until the next one is asked for.
 */
export function wordView(bytes: Uint8Array): DataView {
  if (bytes !== seen) {
    seen = bytes
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }
  return view
}

/** Copies `length` octets, four at a time; an array's own `set` costs a view of the part. */
export function copyWords(bytes: Uint8Array, from: number, length: number, out: DataView, to: number): void {
  const words = wordView(bytes)
  const whole = length & ~3
  for (let i = 0; i < whole; i += 4) out.setInt32(to + i, words.getInt32(from + i, true), true)
  for (let i = whole; i < length; i++) out.setUint8(to + i, bytes[from + i])
}
