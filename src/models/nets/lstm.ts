import { arrayOf, demand, type ExplainingScorer, type SavedModel } from '../model.ts'
import { DenseLayer } from './dense-layer.ts'
import { baseOf, onGrid } from './grid.ts'
import { LstmCell, VOCABULARY } from './lstm-cell.ts'

const WIDTH_MAX = 1024

/**
 * An LSTM over the octets of a row, in their order, up to the first that is missing: it can tell `abab` from `aabb`, which counts
 * cannot. What it learns is the spelling of the tools it saw.
 *
 * About a third of a millisecond for 60 octets: a hundred times the price of a tree. A column is an octet's place, so its term says
 * which part of the name spoke.
 *
 * @example
 * const lstm = trainLstm(matrix, y, { seed: 1 })
 * lstm.scoreOne(Float64Array.from([0x61, 0x62, Number.NaN])) // log-odds of 'ab'
 *
 * Source: the original's `lstm.py` (two layers over spaCy's words of a list of floats; here one layer over octets).
 */
export class Lstm implements ExplainingScorer {
  static readonly kind = 'lstm'
  readonly kind = Lstm.kind
  readonly featureNames: readonly string[]
  readonly cell: LstmCell
  readonly output: DenseLayer
  private readonly margin = new Float64Array(1)

  constructor(featureNames: readonly string[], cell: LstmCell, output: DenseLayer) {
    this.featureNames = featureNames
    this.cell = cell
    this.output = output
  }

  scoreOne(x: Float64Array, at = 0): number {
    this.output.forward(this.cell.forward(x, at), 0, this.margin, 0)
    return onGrid(this.margin[0])
  }

  /** Gradient times embedding, octet by octet; the base holds what they leave over. */
  contributions(x: Float64Array, at: number, out: Float64Array): number {
    const { cell, output } = this
    const score = this.scoreOne(x, at)
    const columns = this.featureNames.length
    out.fill(0, 0, columns)
    cell.backward(output.weights, out)
    for (const { gradients } of cell.parameters) gradients.fill(0)
    return baseOf(score, out, columns)
  }

  save(): SavedModel {
    const { embedding, inputWeights, recurrentWeights, bias, embedded, hidden } = this.cell
    const { weights: outputWeights, bias: outputBias } = this.output
    const shape = Int32Array.of(embedded, hidden)
    const arrays = { shape, embedding, inputWeights, recurrentWeights, gateBias: bias, outputWeights, outputBias }
    return { parameters: {}, arrays }
  }

  static load(saved: SavedModel, featureNames: readonly string[]): Lstm {
    const [embedded, hidden] = arrayOf(saved, 'shape', Int32Array, 2)
    demand(
      [embedded, hidden].every((width) => width > 0 && width <= WIDTH_MAX),
      'The LSTM has a shape that does not fit.',
    )
    const width = 4 * hidden
    const parts = {
      embedding: arrayOf(saved, 'embedding', Float64Array, VOCABULARY * embedded),
      inputWeights: arrayOf(saved, 'inputWeights', Float64Array, embedded * width),
      recurrentWeights: arrayOf(saved, 'recurrentWeights', Float64Array, hidden * width),
      bias: arrayOf(saved, 'gateBias', Float64Array, width),
    }
    const outputWeights = arrayOf(saved, 'outputWeights', Float64Array, hidden)
    const outputBias = arrayOf(saved, 'outputBias', Float64Array, 1)
    const sound = [...Object.values(parts), outputWeights, outputBias].every((array) => array.every(Number.isFinite))
    demand(sound, 'The LSTM holds a number that is not finite.')
    const cell = new LstmCell(embedded, hidden, featureNames.length)
    for (const name of ['embedding', 'inputWeights', 'recurrentWeights', 'bias'] as const) cell[name].set(parts[name])
    const output = new DenseLayer(hidden, 1)
    output.weights.set(outputWeights)
    output.bias.set(outputBias)
    return new Lstm(featureNames, cell, output)
  }
}
