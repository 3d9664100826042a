import type { ArmWindow } from '../result.ts'

/** A figure that is drawn along the stream. */
export interface Measure {
  readonly name: string
  /** What the chart's ends are; kappas have no lower end, so what is below stands at it. */
  readonly low: number
  readonly high: number
  of(window: ArmWindow): number
}

/** What every arm is drawn by, in this order. */
export function measures(limit: number): readonly Measure[] {
  return [
    { name: 'Balanced accuracy', low: 0, high: 1, of: ({ window }) => window.balancedAccuracy },
    { name: `Recall at a false-alarm rate of ${limit}`, low: 0, high: 1, of: ({ recallAtLimit }) => recallAtLimit },
    { name: 'F1', low: 0, high: 1, of: ({ window }) => window.f1 },
    { name: 'Kappa past no change', low: -1, high: 1, of: ({ window }) => window.kappaTemporal },
    { name: 'Kappa', low: -1, high: 1, of: ({ window }) => window.kappa },
    { name: 'Balanced accuracy, the past fading', low: 0, high: 1, of: ({ fading }) => fading.balancedAccuracy },
  ]
}
