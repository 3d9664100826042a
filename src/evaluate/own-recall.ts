import { eachExchange, oneLanguage } from '../datasets/each-exchange.ts'
import type { ManifestRow } from '../datasets/manifest.ts'
import type { DetectionModel } from '../detect/detection-model.ts'
import { rankScores } from '../metrics/ranked-scores.ts'
import { recallAtLimit } from '../metrics/recall-at-limit.ts'

/** Share of benign exchanges that may pass. */
const LIMIT = 1e-3

/** What the query model finds by itself, query by query. */
export interface OwnRecall {
  /** New exchanges of the tunnels, and those past the line that one benign exchange in a thousand passes. */
  readonly exchanges: number
  readonly found: number
  readonly benign: number
}

/** The recall of each arm of the query model (L1) alone, on new exchanges of tunnels beside benign ones. */
export async function ownRecall(
  tunnels: readonly ManifestRow[],
  benign: readonly ManifestRow[],
  model: DetectionModel,
): Promise<Readonly<Record<'names' | 'answers', OwnRecall>>> {
  const scores: { names: number[]; answers: number[] } = { names: [], answers: [] }
  const targets: { names: number[]; answers: number[] } = { names: [], answers: [] }
  await eachExchange([...tunnels, ...benign], oneLanguage(model.language), model.thresholds, (exchange) => {
    const target = exchange.attack ? 1 : 0
    scores.names.push(model.arms.names.logLikelihoodRatio(exchange.names))
    targets.names.push(target)
    if (exchange.rows.batch.rcode[exchange.row] < 0) return
    scores.answers.push(model.arms.answers.logLikelihoodRatio(exchange.answers))
    targets.answers.push(target)
  })
  const recall = (arm: 'names' | 'answers'): OwnRecall => {
    if (!targets[arm].includes(1) || !targets[arm].includes(0)) return { exchanges: 0, found: 0, benign: 0 }
    const at = recallAtLimit(rankScores(scores[arm], targets[arm]), LIMIT)
    return { exchanges: at.positives, found: at.truePositives, benign: at.negatives }
  }
  return { names: recall('names'), answers: recall('answers') }
}
