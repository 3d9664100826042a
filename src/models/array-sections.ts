import { demand, type ModelArray, ModelFileError } from './model.ts'

/** One array in a model file: where it begins follows from those before it. */
export interface Section {
  readonly name: string
  readonly type: string
  readonly length: number
}

const TYPES = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u32: Uint32Array,
  u16: Uint16Array,
  i16: Int16Array,
  u8: Uint8Array,
} as const

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

/** Lists the arrays and joins their octets, little-endian whatever the machine. */
export function arraysToBytes(arrays: Readonly<Record<string, ModelArray>>): [sections: Section[], body: Uint8Array] {
  const sections: Section[] = []
  const parts: Uint8Array[] = []
  for (const [name, array] of Object.entries(arrays)) {
    const type = Object.entries(TYPES).find(([, arrayType]) => array instanceof arrayType)![0]
    sections.push({ name, type, length: array.length })
    const octets = new Uint8Array(array.buffer, array.byteOffset, array.byteLength).slice()
    parts.push(toLittleEndian(octets, array.BYTES_PER_ELEMENT))
  }
  return [sections, Buffer.concat(parts)]
}

/** The reverse. The sections must fill the body to the octet, which bounds what is allocated by what was read. */
export function arraysFromBytes(sections: readonly Section[], body: Uint8Array): Record<string, ModelArray> {
  const arrays: Record<string, ModelArray> = {}
  let at = 0
  for (const { name, type, length } of sections) {
    const arrayType = Object.hasOwn(TYPES, type) ? TYPES[type as keyof typeof TYPES] : undefined
    if (arrayType === undefined)
      throw new ModelFileError(`The model file lists an array of the unknown type "${type}".`)
    const octets = length * arrayType.BYTES_PER_ELEMENT
    demand(octets <= body.length - at, `The model file ends inside its array "${name}".`)
    const copy = toLittleEndian(Uint8Array.from(body.subarray(at, at + octets)), arrayType.BYTES_PER_ELEMENT)
    Object.defineProperty(arrays, name, { value: new arrayType(copy.buffer), enumerable: true })
    at += octets
  }
  demand(at === body.length, `The model file has ${body.length - at} octets after its last array.`)
  return arrays
}

/** Reverses each element in place on a big-endian machine; nothing elsewhere. */
function toLittleEndian(octets: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  if (!isLittleEndian) for (let at = 0; at < octets.length; at += size) octets.subarray(at, at + size).reverse()
  return octets
}
