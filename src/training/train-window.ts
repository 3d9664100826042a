import { windowFeatures } from '../features/window/index.ts'
import type { GradientBoosting } from '../models/gradient-boosting.ts'
import { createMatrix } from '../models/matrix.ts'
import { trainGradientBoosting } from '../models/train-gradient-boosting.ts'

/** One window of one domain. */
export interface WindowExample {
  /** Its row of the window features. */
  readonly values: Float64Array
  /** Tool of the tunnel, or undefined for a benign domain. */
  readonly tool: string | undefined
}

/** More of these never makes a domain less suspicious, so that nobody hides a tunnel by telling more. */
const RISING = ['newNames', 'newNameShare', 'octetsUp', 'prefixMean', 'entropyBits', 'newAnswerShare']

/** Small, as the query model's are: there are few tunnels, and no tool should be learned by heart. */
const OPTIONS = { rounds: 70, depthMax: 3, learningRate: 0.1, l2: 5, childHessianMin: 3 } as const

/**
 * Trains the window model (DESIGN.md 6, L2): boosted trees over what a domain did as a whole. Tools weigh the same, and
 * so do both classes, in units of the domains there are.
 */
export function trainWindow(examples: readonly WindowExample[], seed: number): GradientBoosting {
  const names = windowFeatures.map(({ name }) => name)
  const matrix = createMatrix(examples.length, names)
  const totals = new Map<string | undefined, number>()
  for (const [i, { values, tool }] of examples.entries()) {
    matrix.values.set(values, i * names.length)
    totals.set(tool, (totals.get(tool) ?? 0) + 1)
  }
  const tools = [...totals.keys()].filter((tool) => tool !== undefined).length
  const weights = examples.map(({ tool }) => {
    const share = tool === undefined ? 1 : 1 / tools
    return ((examples.length / 2) * share) / totals.get(tool)!
  })
  const monotone = names.map((name) => (RISING.includes(name) ? 1 : 0))
  const y = examples.map(({ tool }) => (tool === undefined ? 0 : 1))
  return trainGradientBoosting(matrix, y, { ...OPTIONS, weights, monotone, seed })
}
