/** Rows that follow each other in a stream, as columns. The judge's columns never reach an arm before its score. */
export interface StreamBlock {
  readonly rows: number
  /** Row after row, as many numbers each as the stream has features; NaN means missing. */
  readonly x: Float64Array
  /** Event time in milliseconds. What falls, or is NaN, counts as the time of the row before it. */
  readonly timeMs: ArrayLike<number>
  /** Registered domain of each row, or whatever its rows are asked about together. */
  readonly groups: ArrayLike<string>
  /** 1 where the row is malicious. */
  readonly y: ArrayLike<number>
}

/** Labelled rows in their order, from a file, a table in memory or a topic. Read once. */
export interface LabelledStream {
  readonly name: string
  readonly featureNames: readonly string[]
  blocks(): Iterable<StreamBlock> | AsyncIterable<StreamBlock>
}
