/** A row of a stream as it comes by: what a model may see of it, and what only the judge knows. */
export interface StreamRow {
  /** Place in the stream, from 0. */
  readonly index: number
  /** Event time in milliseconds; rises along the stream. */
  readonly timeMs: number
  /** The row stands at `x[at]` for `featureCount` numbers. Valid until the next row. */
  readonly x: Float64Array
  readonly at: number
  /** What rows are asked about together: a registered domain, where there is one. Never a feature. */
  readonly group: string
}

/** A label that reaches a learner: late, and of few rows. */
export interface LateLabel {
  readonly index: number
  /** When it arrives, in event time: not before the row's own time plus the delay. */
  readonly arrivesMs: number
  readonly y: 0 | 1
  /** Why this row's label was asked for, so that a learner can undo the choice: rows of a kind over rows asked of it. */
  readonly weight: number
}

/** Somebody who labels each row of a stream before its label is known. Static arms never learn. */
export interface Arm {
  readonly name: string
  /** Score of a row, greater is more suspicious; {@link line} is what it is held against at this moment. */
  score(row: StreamRow): number
  /** The score from which a row is called malicious. May move, as an alert budget is held or a model adapts. */
  readonly line: number
  /** A label came in for a row seen earlier, whose numbers stand at `x[at]`. */
  learn?(label: LateLabel, x: Float64Array, at: number): void
  /** Whether a drift was found since the last call, for the marks of the report. */
  takeDrift?(): boolean
}
