import { Lstm } from '../nets/lstm.ts'
import { VOCABULARY } from '../nets/lstm-cell.ts'
import { integer } from './attribute.ts'
import { exporterOf } from './exporter.ts'
import type { OnnxGraph, Value } from './graph.ts'

const OTHER = VOCABULARY - 1
const ROWS = [integer('axis', 0)]
const COLUMNS = [integer('axis', 1)]
/** TensorProto's number for whole numbers of 64 bits, which places are. */
const TO_INT64 = [integer('to', 7)]
const TO_DOUBLE = [integer('to', 11)]

/**
 * The sequence step by step, written out: the operator of that name takes no doubles in the runtimes there are. What comes behind the
 * first missing value is computed and weighs nothing.
 */
export const lstm = exporterOf(Lstm, (graph, { cell, output }) => {
  const { hidden, steps } = cell
  const width = 4 * hidden
  const missing = graph.apply('Cast', [graph.apply('IsNaN', [graph.features])], TO_DOUBLE)
  const known = graph.apply('Sub', [graph.constant(1), missing])
  const tokens = tokensOf(graph)
  // What an octet adds to the gates does not depend on its place: one table in place of embedding and weights.
  const table = graph.constant(gateTable(cell), [VOCABULARY, width])
  const recurrent = graph.constant(cell.recurrentWeights, [hidden, width])
  const gates = [0, 1, 2, 3].map((gate) =>
    graph.indices(Int32Array.from({ length: hidden }, (_, j) => gate * hidden + j)),
  )
  let [counts, sum, length]: (Value | undefined)[] = []
  let [state, memory]: (Value | undefined)[] = []
  for (let step = 0; step < steps; step++) {
    const column = graph.indices(Int32Array.of(step))
    const here = graph.apply('Gather', [known, column], COLUMNS)
    counts = counts === undefined ? here : graph.apply('Mul', [counts, here])
    const token = graph.apply('Gather', [tokens, graph.place(step)], COLUMNS)
    const read = graph.apply('Gather', [table, token], ROWS)
    const sums = state === undefined ? read : graph.apply('Add', [read, graph.apply('MatMul', [state, recurrent])])
    const gate = (at: number, operator: string) =>
      graph.apply(operator, [graph.apply('Gather', [sums, gates[at]], COLUMNS)])
    const [i, f, g, o] = [gate(0, 'Sigmoid'), gate(1, 'Sigmoid'), gate(2, 'Tanh'), gate(3, 'Sigmoid')]
    const fresh = graph.apply('Mul', [i, g])
    memory = memory === undefined ? fresh : graph.apply('Add', [graph.apply('Mul', [f, memory]), fresh])
    state = graph.apply('Mul', [o, graph.apply('Tanh', [memory])])
    const counted = graph.apply('Mul', [state, counts])
    sum = sum === undefined ? counted : graph.apply('Add', [sum, counted])
    length = length === undefined ? counts : graph.apply('Add', [length, counts])
  }
  const mean = graph.apply('Div', [sum!, graph.apply('Max', [length!, graph.constant(1)])])
  const margin = graph.apply('MatMul', [mean, graph.constant(output.weights, [hidden, 1])])
  return graph.apply('Add', [margin, graph.constant(output.bias)])
})

/** Octets as places in the table; what is none has a place of its own. */
function tokensOf(graph: OnnxGraph): Value {
  const other = graph.constant(OTHER)
  const missing = graph.apply('IsNaN', [graph.features])
  const inside = graph.apply('Min', [graph.apply('Max', [graph.features, graph.constant(-1)]), other])
  const isWhole = graph.apply('Equal', [graph.apply('Floor', [inside]), inside])
  const isBelow = graph.apply('Less', [inside, graph.constant(0)])
  const whole = graph.apply('Where', [isWhole, inside, other])
  const octet = graph.apply('Where', [isBelow, other, whole])
  return graph.apply('Cast', [graph.apply('Where', [missing, other, octet])], TO_INT64)
}

function gateTable({ embedding, inputWeights, bias, embedded, hidden }: Lstm['cell']): Float64Array {
  const width = 4 * hidden
  const table = new Float64Array(VOCABULARY * width)
  for (let token = 0; token < VOCABULARY; token++) {
    for (let k = 0; k < width; k++) {
      let sum = bias[k]
      for (let e = 0; e < embedded; e++) sum += embedding[token * embedded + e] * inputWeights[e * width + k]
      table[token * width + k] = sum
    }
  }
  return table
}
