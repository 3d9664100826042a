/** A plan that names something there is not. One sentence for an operator. */
export class PlanError extends Error {
  override readonly name = 'PlanError'
}
