/** Nothing to train on: one sentence for an operator. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError'
}
