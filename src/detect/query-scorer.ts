import type { DnsBatch } from '../batch/dns-batch.ts'
import type { PrefixText } from '../dns/prefix-text.ts'
import { armFeatures, extractArm } from '../features/query/index.ts'
import type { DetectionModel } from './detection-model.ts'

/** Scores one exchange by both arms of the query model (L1). Holds the last result; allocates nothing. */
export class QueryScorer {
  /** Log-likelihood ratios of the last exchange. `answers` is that of the names arm where no answer was seen. */
  names = 0
  answers = 0
  /** Features of the last exchange; `answersRow` holds unknowns where no answer was seen. */
  readonly namesRow: Float64Array = new Float64Array(armFeatures('names').length)
  readonly answersRow: Float64Array = new Float64Array(armFeatures('answers').length)
  private readonly model: DetectionModel
  private readonly context = {
    prefix: undefined as unknown as PrefixText,
    languageBits: 0,
    batch: undefined as unknown as DnsBatch,
    row: 0,
  }

  constructor(model: DetectionModel) {
    this.model = model
  }

  score(prefix: PrefixText, languageBits: number, batch: DnsBatch, row: number): void {
    const { context } = this
    context.prefix = prefix
    context.languageBits = languageBits
    context.batch = batch
    context.row = row
    extractArm('names', context, this.namesRow)
    extractArm('answers', context, this.answersRow)
    const { arms } = this.model
    this.names = arms.names.logLikelihoodRatio(this.namesRow)
    this.answers = batch.rcode[row] >= 0 ? arms.answers.logLikelihoodRatio(this.answersRow) : this.names
  }
}
