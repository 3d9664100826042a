import { SavedRandom } from '../../stats/saved-random.ts'
import { LogisticRegression } from '../logistic-regression.ts'
import { createMatrix } from '../matrix.ts'
import { arrayOf, demand, type OnlineLearner, type SavedModel } from '../model.ts'
import { trainLogisticRegression } from '../train-logistic-regression.ts'

/** Rows of the window, rows of its past kept beside it for either class, and rows learned between two fits. */
const WINDOW = 1000
const REPLAY = 500
const REFIT = 1000
/** Rows a first fit needs, and the fewest of a class. */
const FIRST = 50
const CLASS_MIN = 5

/**
 * The policy of the original system: keep the last rows and fit a model to them anew. It forgot all before; here a sample of the
 * past of each class is kept beside the window (a reservoir), so that what comes back is known again.
 *
 * Source: reference system's dynamic model, refitted on its last window; Vitter's reservoir sampling (algorithm R, 1985).
 */
export class RetrainWindow implements OnlineLearner {
  static readonly kind = 'retrain-window'
  readonly kind = RetrainWindow.kind
  readonly featureNames: readonly string[]
  private readonly random: SavedRandom
  /** Rows one behind the other: the window as a ring, then the reservoirs of either class; label and weight of each. */
  private readonly rows: Float64Array
  private readonly labels: Float64Array
  private readonly weights: Float64Array
  private taken = 0
  private readonly dropped = [0, 0]
  private sinceFit = 0
  private model: LogisticRegression | undefined

  constructor(featureNames: readonly string[], seed = 1) {
    this.featureNames = featureNames
    this.random = new SavedRandom(seed)
    const places = WINDOW + 2 * REPLAY
    this.rows = new Float64Array(places * featureNames.length)
    this.labels = new Float64Array(places)
    this.weights = new Float64Array(places)
  }

  scoreOne(x: Float64Array, at = 0): number {
    return this.model ? this.model.scoreOne(x, at) : 0
  }

  learnOne(x: Float64Array, at: number, y: number, weight: number): void {
    if (!(weight > 0)) return
    const place = this.taken % WINDOW
    if (this.taken >= WINDOW) this.keepForReplay(place)
    this.set(place, x, at, y, weight)
    this.taken++
    this.sinceFit++
    if (this.sinceFit >= REFIT || (!this.model && this.taken >= FIRST)) this.fit()
  }

  /** Fits to the window and what is kept of its past; nothing while a class is hardly there. */
  private fit(): void {
    const columns = this.featureNames.length
    const places = this.filled()
    const ones = places.filter((place) => this.labels[place] === 1).length
    if (ones < CLASS_MIN || places.length - ones < CLASS_MIN) return
    this.sinceFit = 0
    const matrix = createMatrix(places.length, this.featureNames)
    const y = new Uint8Array(places.length)
    const weights = new Float64Array(places.length)
    for (const [row, place] of places.entries()) {
      matrix.values.set(this.rows.subarray(place * columns, (place + 1) * columns), row * columns)
      y[row] = this.labels[place]
      weights[row] = this.weights[place]
    }
    this.model = trainLogisticRegression(matrix, y, { weights })
  }

  private filled(): number[] {
    const places = Array.from({ length: Math.min(WINDOW, this.taken) }, (_, i) => i)
    for (const y of [0, 1]) {
      for (let i = 0; i < Math.min(REPLAY, this.dropped[y]); i++) places.push(WINDOW + y * REPLAY + i)
    }
    return places
  }

  /** The row that leaves the window takes a place in the reservoir of its class, as likely as any before it. */
  private keepForReplay(place: number): void {
    const y = this.labels[place]
    const count = this.dropped[y]++
    const at = count < REPLAY ? count : this.random.below(count + 1)
    if (at >= REPLAY) return
    const columns = this.featureNames.length
    this.set(WINDOW + y * REPLAY + at, this.rows, place * columns, y, this.weights[place])
  }

  private set(place: number, x: Float64Array, at: number, y: number, weight: number): void {
    const columns = this.featureNames.length
    for (let i = 0; i < columns; i++) this.rows[place * columns + i] = x[at + i]
    this.labels[place] = y
    this.weights[place] = weight
  }

  save(): SavedModel {
    const { random, taken, dropped, sinceFit, rows, labels, weights, model } = this
    const counts = Float64Array.of(random.state, taken, dropped[0], dropped[1], sinceFit, model ? 1 : 0)
    const fitted = model?.save().arrays ?? {}
    const own = Object.fromEntries(Object.entries(fitted).map(([name, array]) => [`fitted.${name}`, array]))
    return { parameters: {}, arrays: { counts, rows, labels, rowWeights: weights, ...own } }
  }

  static load(saved: SavedModel, featureNames: readonly string[]): RetrainWindow {
    const [state, taken, dropped0, dropped1, sinceFit, hasModel] = arrayOf(saved, 'counts', Float64Array, 6)
    const learner = new RetrainWindow(featureNames, state)
    learner.rows.set(arrayOf(saved, 'rows', Float64Array, learner.rows.length))
    learner.labels.set(arrayOf(saved, 'labels', Float64Array, learner.labels.length))
    learner.weights.set(arrayOf(saved, 'rowWeights', Float64Array, learner.weights.length))
    const counts = [taken, dropped0, dropped1, sinceFit]
    const sound =
      counts.every((count) => Number.isInteger(count) && count >= 0) && learner.labels.every((y) => y === 0 || y === 1)
    demand(sound, 'The window of rows in the file is none.')
    Object.assign(learner, { taken, dropped: [dropped0, dropped1], sinceFit })
    if (hasModel !== 1) return learner
    const arrays = Object.fromEntries(
      Object.entries(saved.arrays).flatMap(([name, array]) =>
        name.startsWith('fitted.') ? [[name.slice(7), array] as const] : [],
      ),
    )
    learner.model = LogisticRegression.load({ parameters: {}, arrays }, featureNames)
    return learner
  }
}
