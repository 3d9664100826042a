/** Fields of a protobuf message by number: whole numbers and octets, in the order they stand in. */
type Message = ReadonlyMap<number, readonly (number | Uint8Array)[]>

/** What an attribute or a constant holds. */
export type Held = number | number[]

export interface OnnxNode {
  readonly operator: string
  readonly domain: string
  readonly inputs: readonly string[]
  readonly output: string
  readonly attributes: Readonly<Record<string, Held>>
}

export interface OnnxFile {
  readonly irVersion: number
  readonly opsets: Readonly<Record<string, number>>
  readonly metadata: Readonly<Record<string, string>>
  readonly nodes: readonly OnnxNode[]
  readonly constants: Readonly<Record<string, { dims: number[]; values: number[] }>>
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

/** Reads an ONNX file back, field numbers written down anew from onnx.proto; throws on what it does not know. */
export function readOnnx(bytes: Uint8Array): OnnxFile {
  const model = parse(bytes)
  const graph = parse(octets(model, 7)[0])
  return {
    irVersion: numbers(model, 1)[0],
    opsets: Object.fromEntries(
      octets(model, 8).map((opset) => [texts(parse(opset), 1)[0] ?? '', numbers(parse(opset), 2)[0]]),
    ),
    metadata: Object.fromEntries(
      octets(model, 14).map((entry) => [texts(parse(entry), 1)[0], texts(parse(entry), 2)[0]]),
    ),
    nodes: octets(graph, 1).map((node) => readNode(parse(node))),
    constants: Object.fromEntries(
      octets(graph, 5).map((entry) => {
        const { name, ...held } = readTensor(entry)
        return [name, held]
      }),
    ),
    inputs: octets(graph, 11).map((value) => texts(parse(value), 1)[0]),
    outputs: octets(graph, 12).map((value) => texts(parse(value), 1)[0]),
  }
}

function readNode(node: Message): OnnxNode {
  const attributes = octets(node, 5).map((bytes): [string, Held] => {
    const attribute = parse(bytes)
    const [name] = texts(attribute, 1)
    const type = numbers(attribute, 20)[0]
    if (type === 2) return [name, numbers(attribute, 3)[0]]
    if (type === 4) return [name, readTensor(octets(attribute, 5)[0]).values]
    if (type === 7) return [name, packed(octets(attribute, 8)[0])]
    throw new Error(`attribute ${name} of type ${type}`)
  })
  return {
    operator: texts(node, 4)[0],
    domain: texts(node, 7)[0],
    inputs: texts(node, 1),
    output: texts(node, 2)[0],
    attributes: Object.fromEntries(attributes),
  }
}

function readTensor(bytes: Uint8Array): { name: string; dims: number[]; values: number[] } {
  const tensor = parse(bytes)
  const [raw] = octets(tensor, 9)
  const [shape] = octets(tensor, 1)
  const dims = shape === undefined ? [] : packed(shape)
  const type = numbers(tensor, 2)[0]
  if (type !== 2 && type !== 7 && type !== 11) throw new Error(`a tensor of type ${type}`)
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length)
  const wide = (i: number) => (type === 7 ? Number(view.getBigInt64(8 * i, true)) : view.getFloat64(8 * i, true))
  const values = type === 2 ? [...raw] : Array.from({ length: raw.length / 8 }, (_, i) => wide(i))
  if (values.length !== dims.reduce((product, dim) => product * dim, 1)) throw new Error('a tensor of an odd shape')
  return { name: texts(tensor, 8)[0], dims, values }
}

function parse(bytes: Uint8Array): Message {
  const message = new Map<number, (number | Uint8Array)[]>()
  for (let at = 0; at < bytes.length; ) {
    const [tag, afterTag] = varint(bytes, at)
    const [value, afterValue] = varint(bytes, afterTag)
    const isOctets = tag % 8 === 2
    if (!isOctets && tag % 8 !== 0) throw new Error(`wire type ${tag % 8}`)
    at = isOctets ? afterValue + value : afterValue
    if (at > bytes.length) throw new Error('a field past the end')
    const field = Math.floor(tag / 8)
    message.set(field, [...(message.get(field) ?? []), isOctets ? bytes.subarray(afterValue, at) : value])
  }
  return message
}

function varint(bytes: Uint8Array, at: number): [value: number, next: number] {
  let value = 0
  for (let scale = 1; ; scale *= 128) {
    value += (bytes[at] % 128) * scale
    if (bytes[at++] < 128) return [value, at]
    if (at >= bytes.length) throw new Error('a number past the end')
  }
}

function packed(bytes: Uint8Array): number[] {
  const found: number[] = []
  for (let at = 0; at < bytes.length; ) {
    const [value, next] = varint(bytes, at)
    found.push(value)
    at = next
  }
  return found
}

function numbers(message: Message, field: number): number[] {
  return (message.get(field) ?? []).filter((value) => typeof value === 'number')
}

function octets(message: Message, field: number): Uint8Array[] {
  return (message.get(field) ?? []).filter((value) => typeof value !== 'number')
}

function texts(message: Message, field: number): string[] {
  return octets(message, field).map((bytes) => Buffer.from(bytes).toString('utf8'))
}
