/** A copy of `bytes` with room for at least `need` octets; doubles, so that appending stays linear. */
export function growBytes(bytes: Uint8Array, need: number): Uint8Array {
  const grown = new Uint8Array(Math.max(need, bytes.length * 2))
  grown.set(bytes)
  return grown
}

/** As {@link growBytes}, for 32-bit columns. */
export function growUint32(column: Uint32Array, need: number): Uint32Array {
  const grown = new Uint32Array(Math.max(need, column.length * 2))
  grown.set(column)
  return grown
}
