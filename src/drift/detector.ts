/**
 * Watches one number a row and says when its mean is no longer what it was. Deterministic; state is plain numbers, so
 * that a detector can be saved inside a model and goes on as if nothing had happened.
 */
export interface DriftDetector {
  /** Takes the next value; true where the change was found at this value. It starts anew by itself. */
  add(value: number): boolean
  /** Everything the detector knows, for a file. */
  save(): Float64Array
}
