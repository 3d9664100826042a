import type { CalibratorKind } from './calibrator.ts'
import { Isotonic } from './isotonic.ts'
import { Platt } from './platt.ts'

export type { Calibrator } from './calibrator.ts'
export { fitIsotonic, Isotonic } from './isotonic.ts'
export { fitPlatt, Platt } from './platt.ts'

/** Every calibrator a model file may hold. */
export const calibratorKinds: readonly CalibratorKind[] = [Platt, Isotonic]
