/** Novel exchanges of one tunnel, or of one benign domain, as they came: what a drift scenario puts into its streams whole. */
export interface Unit {
  /** The file, and of a benign domain its name: no unit stands on both sides of a drift. */
  readonly id: string
  readonly attack: boolean
  /** Tool of a tunnel; `benign` otherwise. */
  readonly tool: string
  readonly rows: number
  /** Row after row, as many numbers each as there are features. */
  readonly x: Float64Array
  /** Milliseconds since the unit's first row. */
  readonly offsetMs: Float64Array
  /** What the shipped product said right after each row: its score, whether the domain was an alert, times past the account's line. */
  readonly probability: Float64Array
  readonly fired: Uint8Array
  readonly accountRatio: Float64Array
}
