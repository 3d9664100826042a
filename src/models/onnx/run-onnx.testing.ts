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
  Div: (a, b) => a / b,
  Identity: (a) => a,
  IsNaN: (a) => (Number.isNaN(a) ? 1 : 0),
  Max: (a, b) => Math.max(a, b),
  Min: (a, b) => Math.min(a, b),
  Mul: (a, b) => a * b,
  Sigmoid: (a) => 1 / (1 + Math.exp(-a)),
  Sub: (a, b) => a - b,
  Where: (condition, a, b) => (condition === 1 ? a : b),
}

function apply(node: OnnxNode, inputs: readonly Row[]): Row {
  if (node.operator === 'MatMul') return [inputs[0].reduce((sum, x, i) => sum + x * inputs[1][i], 0)]
  if (node.operator === 'Gather') return inputs[1].map((place) => inputs[0][place])
  if (node.operator === 'TreeEnsemble') return [sumOfTrees(node, inputs[0])]
  const operation = ELEMENTWISE[node.operator]
  if (operation === undefined) throw new Error(`the operator ${node.operator}`)
  const width = Math.max(...inputs.map((row) => row.length))
  return Array.from({ length: width }, (_, i) => operation(...inputs.map((row) => row[row.length === 1 ? 0 : i])))
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
