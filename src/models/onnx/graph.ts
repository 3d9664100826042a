import type { Attribute } from './attribute.ts'
import { bytesField, type Fields, messageField, numberField } from './protobuf.ts'
import { DOUBLE, doubleTensor, indexTensor } from './tensor.ts'

/** Format of the file, and of the operators it asks for: the trees are in 5 of `ai.onnx.ml` as doubles first. */
const IR_VERSION = 9
const OPSETS = { '': 17, 'ai.onnx.ml': 5 } as const

const INPUT = 'features'

/** The name of a value that flows through the graph. */
export type Value = string

/**
 * An ONNX graph that is being written: rows of features in, named columns out, all in doubles, since a float32 would put
 * rows on the other side of a threshold.
 *
 * Source: ONNX IR specification and onnx.proto (github.com/onnx/onnx).
 */
export class OnnxGraph {
  /** Rows as the model at hand reads them: NaN where missing. At first the graph's input, one column a feature. */
  features: Value = INPUT
  readonly columns: number
  readonly #nodes: Uint8Array[] = []
  readonly #initializers: Uint8Array[] = []
  #values = 0

  constructor(columns: number) {
    this.columns = columns
  }

  /** Numbers known when the graph is written: one, or one a column of what they are used with. */
  constant(values: Float64Array | number, dims?: readonly number[]): Value {
    const array = typeof values === 'number' ? Float64Array.of(values) : values
    const name = this.#name()
    this.#initializers.push(messageField(5, doubleTensor(name, dims ?? [array.length], array)))
    return name
  }

  /** Whole numbers known when the graph is written. */
  indices(values: Int32Array): Value {
    const name = this.#name()
    this.#initializers.push(messageField(5, indexTensor(name, values)))
    return name
  }

  /** One whole number, without a dimension: what is gathered by it has a dimension less. */
  place(value: number): Value {
    const name = this.#name()
    this.#initializers.push(messageField(5, indexTensor(name, Int32Array.of(value), [])))
    return name
  }

  /** Adds an operator with one output. */
  apply(operator: string, inputs: readonly Value[], attributes: readonly Attribute[] = [], domain = ''): Value {
    const output = this.#name()
    this.#node(operator, inputs, output, attributes, domain)
    return output
  }

  /** The finished file. `outputs` gives names to columns of the shape [rows, 1]; `facts` are kept as text. */
  encode(outputs: Readonly<Record<string, Value>>, facts: Readonly<Record<string, string>>): Uint8Array {
    for (const [name, value] of Object.entries(outputs)) this.#node('Identity', [value], name, [], '')
    const graph = [
      ...this.#nodes,
      bytesField(2, 'wakeful'),
      ...this.#initializers,
      messageField(11, describe(INPUT, this.columns)),
      ...Object.keys(outputs).map((name) => messageField(12, describe(name, 1))),
    ]
    return Buffer.concat([
      numberField(1, IR_VERSION),
      bytesField(2, 'wakeful'),
      messageField(7, graph),
      ...Object.entries(OPSETS).map(([domain, version]) =>
        messageField(8, [bytesField(1, domain), numberField(2, version)]),
      ),
      ...Object.entries(facts).map(([key, value]) => messageField(14, [bytesField(1, key), bytesField(2, value)])),
    ])
  }

  #node(operator: string, inputs: readonly Value[], output: Value, attributes: readonly Attribute[], domain: string) {
    this.#nodes.push(
      messageField(1, [
        ...inputs.map((input) => bytesField(1, input)),
        bytesField(2, output),
        bytesField(4, operator),
        ...attributes.map((attribute) => messageField(5, attribute)),
        bytesField(7, domain),
      ]),
    )
  }

  #name(): Value {
    return `v${this.#values++}`
  }
}

/** A ValueInfoProto: doubles of the shape [rows, columns]. */
function describe(name: string, columns: number): Fields {
  const shape = [messageField(1, [bytesField(2, 'rows')]), messageField(1, [numberField(1, columns)])]
  const type = messageField(1, [numberField(1, DOUBLE), messageField(2, shape)])
  return [bytesField(1, name), messageField(2, [type])]
}
