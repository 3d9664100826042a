/** A row of a stream as it comes by: what a model may see of it, and never its label. */
export interface StreamRow {
  /** Place in the stream, from 0. */
  readonly index: number
  /** Event time in milliseconds; never falls along the stream. */
  readonly timeMs: number
  /** The row stands at `x[at]` for as many numbers as the stream has features. Valid until the next row: copy to keep. */
  readonly x: Float64Array
  readonly at: number
  /** What rows are asked about together: a registered domain, where there is one. Never a feature. */
  readonly group: string
}

/** A label that reaches a learner. Of all that it says, only `y` was not known when the row came by. */
export interface LateLabel {
  /** Place in the stream of the row it is about. */
  readonly index: number
  /** When that row came by. */
  readonly timeMs: number
  /** When the label arrives, in event time: the row's own time plus the delay. */
  readonly arrivesMs: number
  /** What somebody says the row is; they may be wrong. */
  readonly y: 0 | 1
  /** How many rows this one stands for: one over the chance that it was asked about. */
  readonly weight: number
  /** What the arm said of the row then, and the line it was held against. */
  readonly score: number
  readonly line: number
}

/** Somebody who judges each row of a stream before its label is known. Static arms have no `learn`. */
export interface Arm {
  readonly name: string
  /** Score of a row, greater is more suspicious; never NaN. Called once a row, in order of the stream. */
  score(row: StreamRow): number
  /** The score from which a row is called malicious; read right after {@link score}. May move from row to row. */
  readonly line: number
  /** A label came in for a row seen earlier, whose numbers stand at `x[at]` until this returns. */
  learn?(label: LateLabel, x: Float64Array, at: number): void
  /** Whether a drift was found since the last call, for the marks of the report. Asked after every row. */
  takeDrift?(): boolean
}
