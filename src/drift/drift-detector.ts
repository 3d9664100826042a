/**
 * Watches one number a row and says when its mean is no longer what it was. Deterministic; all that it knows is in what it
 * saves, so that one saved inside a model goes on as if nothing had happened. Values that are no finite numbers are ignored.
 */
export interface DriftDetector {
  /** Takes the next value; true where a change was found at this value. It starts anew by itself. */
  add(value: number): boolean
  /** Everything the detector knows. */
  save(): Float64Array
}

/** How a detector is made, and read back. */
export interface DriftKind<D extends DriftDetector = DriftDetector> {
  readonly kind: string
  create(): D
  /** A detector that goes on from `saved`; `undefined` where these are no such numbers. */
  load(saved: Float64Array): D | undefined
}
