import type { DriftDetector } from './drift-detector.ts'

/**
 * Page-Hinkley: sums how far values lie above their mean so far, less a tolerance, and finds a change where the sum has risen
 * by `threshold` above its least. It sees a rise only, which is what a loss does when a model grows old; cheap, with one
 * threshold in the units of the values.
 *
 * Source: Page, "Continuous inspection schemes", Biometrika 41, 1954; Hinkley 1971; parameters as in MOA.
 */
export class PageHinkley implements DriftDetector {
  static readonly kind = 'page-hinkley'
  readonly threshold: number
  readonly tolerance: number
  readonly leastValues: number
  private count = 0
  private mean = 0
  private sum = 0
  private least = 0

  constructor(threshold = 50, tolerance = 0.005, leastValues = 30) {
    this.threshold = threshold
    this.tolerance = tolerance
    this.leastValues = leastValues
  }

  add(value: number): boolean {
    if (!Number.isFinite(value)) return false
    this.count++
    this.mean += (value - this.mean) / this.count
    this.sum += value - this.mean - this.tolerance
    if (this.sum < this.least) this.least = this.sum
    if (this.count < this.leastValues || this.sum - this.least <= this.threshold) return false
    this.count = 0
    this.mean = 0
    this.sum = 0
    this.least = 0
    return true
  }

  save(): Float64Array {
    const { threshold, tolerance, leastValues, count, mean, sum, least } = this
    return Float64Array.of(threshold, tolerance, leastValues, count, mean, sum, least)
  }

  static create(): PageHinkley {
    return new PageHinkley()
  }

  static load(saved: Float64Array): PageHinkley | undefined {
    if (saved.length !== 7 || !saved.every(Number.isFinite)) return undefined
    const [threshold, tolerance, leastValues, count, mean, sum, least] = saved
    return Object.assign(new PageHinkley(threshold, tolerance, leastValues), { count, mean, sum, least })
  }
}
