import type { OnnxFile, OnnxNode } from './read-onnx.testing.ts'

type Row = readonly number[]

/** Runs a graph over one row, by the words of the operators' specification: the oracle where no runtime is at hand. */
export function runOnnx(file: OnnxFile, features: Row): Record<string, Row> {
  const values: Record<string, Row> = { [file.inputs[0]]: features }
  for (const [name, { values: held }] of Object.entries(file.constants)) values[name] = held
  for (const node of file.nodes) {
    values[node.output] = apply(
      node,
      node.inputs.map((input) => values[input]),
    )
  }
  return Object.fromEntries(file.outputs.map((name) => [name, values[name]]))
}

const ELEMENTWISE: Record<string, (...x: number[]) => number> = {
  Add: (a, b) => a + b,
  Cast: (a) => a,
  Div: (a, b) => a / b,
  Equal: (a, b) => (a === b ? 1 : 0),
  Floor: (a) => Math.floor(a),
  Identity: (a) => a,
  IsNaN: (a) => (Number.isNaN(a) ? 1 : 0),
  Less: (a, b) => (a < b ? 1 : 0),
  Log: (a) => Math.log(a),
  Max: (a, b) => Math.max(a, b),
  Min: (a, b) => Math.min(a, b),
  Mul: (a, b) => a * b,
  Sigmoid: (a) => 1 / (1 + Math.exp(-a)),
  Sub: (a, b) => a - b,
  Tanh: (a) => Math.tanh(a),
  Where: (condition, a, b) => (condition === 1 ? a : b),
}

function apply(node: OnnxNode, inputs: readonly Row[]): Row {
  if (node.operator === 'MatMul') return product(inputs[0], inputs[1])
  if (node.operator === 'Gather' && node.attributes.axis === 0) {
    // A table by its rows: the only such one here has 257 of them, one an octet.
    const width = inputs[0].length / 257
    return inputs[0].slice(inputs[1][0] * width, (inputs[1][0] + 1) * width)
  }
  if (node.operator === 'Gather') return inputs[1].map((place) => inputs[0][place])
  if (node.operator === 'TreeEnsemble') return [sumOfTrees(node, inputs[0])]
  const operation = ELEMENTWISE[node.operator]
  if (operation === undefined) throw new Error(`the operator ${node.operator}`)
  const width = Math.max(...inputs.map((row) => row.length))
  return Array.from({ length: width }, (_, i) => operation(...inputs.map((row) => row[row.length === 1 ? 0 : i])))
}

/** A row times a matrix, which lies row by row. */
function product(row: Row, matrix: Row): Row {
  const width = matrix.length / row.length
  return Array.from({ length: width }, (_, j) => row.reduce((sum, x, i) => sum + x * matrix[i * width + j], 0))
}

function sumOfTrees({ attributes }: OnnxNode, row: Row): number {
  const list = (name: string) => attributes[name] as number[]
  let sum = 0
  for (const root of list('tree_roots')) {
    let at = root
    for (let leaf = false; !leaf; ) {
      const value = row[list('nodes_featureids')[at]]
      const missing = Number.isNaN(value) && list('nodes_missing_value_tracks_true')[at] === 1
      const side = missing || value <= list('nodes_splits')[at] ? 'true' : 'false'
      leaf = list(`nodes_${side}leafs`)[at] === 1
      at = list(`nodes_${side}nodeids`)[at]
    }
    sum += list('leaf_weights')[at]
  }
  return sum
}
