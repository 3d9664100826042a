/** Part of a protobuf message: its octets, one field after the other. */
export type Fields = readonly Uint8Array[]

const VARINT = 0
const LENGTH_DELIMITED = 2

/**
 * The three ways a field can be written that ONNX needs of protobuf. Numbers are whole and not negative, up to 2^53.
 *
 * Source: Protocol Buffers, Encoding (protobuf.dev/programming-guides/encoding).
 */
export function numberField(field: number, value: number): Uint8Array {
  return Buffer.concat([varint(field * 8 + VARINT), varint(value)])
}

export function bytesField(field: number, value: Uint8Array | string): Uint8Array {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value
  return Buffer.concat([varint(field * 8 + LENGTH_DELIMITED), varint(bytes.length), bytes])
}

export function messageField(field: number, value: Fields): Uint8Array {
  return bytesField(field, Buffer.concat(value))
}

/** Many numbers in one field, "packed". */
export function numbersField(field: number, values: Iterable<number>): Uint8Array {
  return bytesField(field, Buffer.concat(Array.from(values, varint)))
}

/** Seven bits an octet, lowest first, the top bit set where more follow. */
function varint(value: number): Uint8Array {
  const octets: number[] = []
  for (; value >= 128; value = Math.floor(value / 128)) octets.push((value % 128) + 128)
  octets.push(value)
  return Uint8Array.from(octets)
}
