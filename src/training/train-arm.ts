import { armFeatures, type QueryArm } from '../features/query/index.ts'
import { type Calibrator, fitPlatt } from '../models/calibrators.ts'
import type { GradientBoosting } from '../models/gradient-boosting.ts'
import { type FeatureMatrix, matrixOf, selectRows } from '../models/matrix.ts'
import { trainGradientBoosting } from '../models/train-gradient-boosting.ts'
import type { TrainingExchange } from './collect-exchanges.ts'
import { TrainingError } from './training-error.ts'

/** Folds of the calibration; a group is in one of them alone. */
const FOLDS = 5
/** A list of names weighs this much against traffic: it has hosts that nobody asks for. */
const LIST_WEIGHT = 0.3

/** A trained arm and what it was trained on. */
export interface TrainedArm {
  readonly arm: QueryArm
  readonly model: GradientBoosting
  readonly calibrator: Calibrator
  readonly rows: number
  readonly attackRows: number
  /** Held-out margins, in the order of the exchanges used, for metrics. */
  readonly margins: Float64Array
  readonly used: readonly TrainingExchange[]
}

/** Boosting options shared by all fits of an arm: small, so that no tool can be learned by heart. */
const OPTIONS = { rounds: 70, depthMax: 4, learningRate: 0.1, l2: 5, childHessianMin: 3 } as const

/**
 * Trains one arm (gradient boosted trees) and its calibration on margins of groups held out. Tools weigh the same, and
 * both classes weigh the same: the margin is a likelihood ratio, not a guess at how common tunnels are.
 */
export function trainArm(exchanges: readonly TrainingExchange[], arm: QueryArm, seed: number): TrainedArm {
  const used = exchanges.filter((exchange) => arm === 'names' || exchange.answered)
  demandBoth(used, arm)
  const names = armFeatures(arm).map((feature) => feature.name)
  const matrix = matrixOf(
    names,
    used.map((exchange) => Array.from(arm === 'names' ? exchange.names : exchange.answers)),
  )
  const y = Float64Array.from(used, (exchange) => (exchange.attack ? 1 : 0))
  const weights = balance(used)
  const margins = new Float64Array(used.length)
  for (let fold = 0; fold < FOLDS; fold++) {
    const inside = indices(used, (exchange) => exchange.group % FOLDS !== fold)
    const outside = indices(used, (exchange) => exchange.group % FOLDS === fold)
    const model = fit(matrix, y, weights, inside, seed)
    for (const row of outside) margins[row] = model.scoreOne(matrix.values, row * matrix.columns)
  }
  const all = indices(used, () => true)
  return {
    arm,
    model: fit(matrix, y, weights, all, seed),
    calibrator: fitPlatt(margins, y, weights),
    rows: used.length,
    attackRows: used.filter((exchange) => exchange.attack).length,
    margins,
    used,
  }
}

/** Every part that trains needs both classes, in groups of which one can be held out. */
function demandBoth(used: readonly TrainingExchange[], arm: QueryArm): void {
  const parts = (attack: boolean) =>
    new Set(used.filter((exchange) => exchange.attack === attack).map(({ group }) => group % FOLDS)).size
  const [tunnels, benign] = [parts(true), parts(false)]
  if (tunnels > 1 && benign > 1) return
  const count = used.filter((exchange) => exchange.attack).length
  throw new TrainingError(
    `Of ${used.length} new exchanges for the ${arm} arm with split=train ${count} are of tunnels; training needs both kinds, each of several groups: name more files. Of a mixed file only the tunnels are labelled.`,
  )
}

function fit(
  matrix: FeatureMatrix,
  y: Float64Array,
  weights: Float64Array,
  rows: Int32Array,
  seed: number,
): GradientBoosting {
  return trainGradientBoosting(
    selectRows(matrix, rows),
    Float64Array.from(rows, (row) => y[row]),
    { ...OPTIONS, weights: Float64Array.from(rows, (row) => weights[row]), seed },
  )
}

/** Weights that give each tool the same say and each class half of it, in units of the rows there are. */
function balance(used: readonly TrainingExchange[]): Float64Array {
  const kindOf = (exchange: TrainingExchange) => (exchange.attack ? exchange.tool : exchange.list ? 'list' : 'traffic')
  const counts = new Map<string, number>()
  for (const exchange of used) counts.set(kindOf(exchange), (counts.get(kindOf(exchange)) ?? 0) + 1)
  const tools = [...counts.keys()].filter((kind) => kind !== 'list' && kind !== 'traffic').length
  const lists = counts.has('list') ? LIST_WEIGHT : 0
  return Float64Array.from(used, (exchange) => {
    const kind = kindOf(exchange)
    const share = exchange.attack ? 1 / tools : (kind === 'list' ? lists : 1) / (1 + lists)
    return ((used.length / 2) * share) / counts.get(kind)!
  })
}

function indices(used: readonly TrainingExchange[], keep: (exchange: TrainingExchange) => boolean): Int32Array {
  return Int32Array.from([...used.keys()].filter((i) => keep(used[i])))
}
