/** Byte strings one after the other: `bytes[starts[i]..starts[i + 1])` is the string `i`. */
export interface ByteStrings {
  readonly bytes: Uint8Array
  /** One entry more than there are strings, rising. */
  readonly starts: Uint32Array
}

/** Copies separate strings behind each other. */
export function byteStringsOf(strings: readonly Uint8Array[]): ByteStrings {
  const starts = new Uint32Array(strings.length + 1)
  strings.forEach((string, i) => {
    starts[i + 1] = starts[i] + string.length
  })
  const bytes = new Uint8Array(starts[strings.length])
  strings.forEach((string, i) => {
    bytes.set(string, starts[i])
  })
  return { bytes, starts }
}
