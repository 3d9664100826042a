import type { Baseline } from './baseline.ts'

/**
 * Says "benign" of everything, as most of everything is. It finds nothing and is right more often than many a detector.
 *
 * Source: the zero rule of any comparison.
 */
export const majority: Baseline = {
  name: 'majority',
  learns: 'nothing',
  fit: () => () => 0,
}
