/** Numbers kept of one column and class: weight, mean, sum of squares about it, least and greatest value. */
const PER_CLASS = 5
const STRIDE = 2 * PER_CLASS
const LEAST = 3
const GREATEST = 4
/** Points looked at between least and greatest. */
const POINTS = 10
/** Log density where a class was never seen and the other was: as good as none. */
const UNSEEN = -50

/** A cut of one column, and what it gains. */
export interface Cut {
  column: number
  threshold: number
  gain: number
}

/** Numbers that {@link GaussianColumns} needs for so many columns. */
export function gaussianNumbers(columns: number): number {
  return columns * STRIDE
}

/**
 * What a leaf remembers of its rows: each column's values of either class as a normal distribution. From that it guesses how a
 * threshold would part the classes, without a row kept. A view over numbers that lie elsewhere.
 *
 * Source: Gama, Rocha and Medas, KDD 2003; candidate points as in MOA's GaussianNumericAttributeClassObserver.
 */
export class GaussianColumns {
  readonly numbers: Float64Array

  constructor(numbers: Float64Array) {
    this.numbers = numbers
  }

  static empty(columns: number): GaussianColumns {
    const numbers = new Float64Array(gaussianNumbers(columns))
    for (let at = 0; at < numbers.length; at += PER_CLASS) {
      numbers[at + LEAST] = Number.MAX_VALUE
      numbers[at + GREATEST] = -Number.MAX_VALUE
    }
    return new GaussianColumns(numbers)
  }

  learn(column: number, value: number, y: number, weight: number): void {
    const { numbers } = this
    const at = column * STRIDE + y * PER_CLASS
    const away = value - numbers[at + 1]
    const all = numbers[at] + weight
    const mean = numbers[at + 1] + (away * weight) / all
    const squares = numbers[at + 2] + weight * away * (value - mean)
    if (!Number.isFinite(squares)) return
    numbers[at] = all
    numbers[at + 1] = mean
    numbers[at + 2] = squares
    if (value < numbers[at + LEAST]) numbers[at + LEAST] = value
    if (value > numbers[at + GREATEST]) numbers[at + GREATEST] = value
  }

  /**
   * Log density of a value of the column in class `y`; {@link UNSEEN} where only the other class was seen here: what a leaf inherited
   * from before its split is no sign of what comes now.
   */
  logDensity(column: number, value: number, y: number): number {
    const { numbers } = this
    const start = column * STRIDE
    const at = start + y * PER_CLASS
    if (numbers[at] === 0) return numbers[start + (1 - y) * PER_CLASS] === 0 ? 0 : UNSEEN
    const variance = varianceOf(numbers, at)
    const away = value - numbers[at + 1]
    return -0.5 * Math.log(variance) - (away * away) / (2 * variance)
  }

  /**
   * The best cut of a column; its gain is in bits, below 0 where the column has no two values. Measured on the rows that were seen
   * here alone: weight that a leaf inherited tells nothing of a column, and would hide a change under what was so before.
   */
  bestCut(column: number, out: Cut): void {
    const { numbers } = this
    const at = column * STRIDE
    const least = Math.min(numbers[at + LEAST], numbers[at + PER_CLASS + LEAST])
    const greatest = Math.max(numbers[at + GREATEST], numbers[at + PER_CLASS + GREATEST])
    out.column = column
    out.gain = -1
    if (!(greatest > least)) return
    const before = entropy2(numbers[at], numbers[at + PER_CLASS])
    for (let point = 1; point <= POINTS; point++) {
      const threshold = least + ((greatest - least) * point) / (POINTS + 1)
      const left0 = this.below(at, threshold)
      const left1 = this.below(at + PER_CLASS, threshold)
      const gain = before - entropyAfter(left0, left1, numbers[at] - left0, numbers[at + PER_CLASS] - left1)
      if (gain > out.gain) {
        out.gain = gain
        out.threshold = threshold
      }
    }
  }

  /** Weight of a class's values up to the threshold: by its normal distribution, but all or nothing outside its values. */
  private below(at: number, threshold: number): number {
    const weight = this.numbers[at]
    if (weight === 0 || threshold < this.numbers[at + LEAST]) return 0
    if (threshold >= this.numbers[at + GREATEST]) return weight
    const z = (threshold - this.numbers[at + 1]) / Math.sqrt(varianceOf(this.numbers, at))
    return weight * normalBelow(z)
  }

  /** Weight of the class below a cut. */
  weightBelow(column: number, threshold: number, y: number): number {
    return this.below(column * STRIDE + y * PER_CLASS, threshold)
  }
}

function varianceOf(numbers: Float64Array, at: number): number {
  const weight = numbers[at]
  return Math.max(1e-9, weight > 1 ? numbers[at + 2] / (weight - 1) : 0)
}

/** Standard normal distribution: Zelen and Severo's 26.2.17 (error under 7.5e-8). */
function normalBelow(z: number): number {
  if (z < -8) return 0
  if (z > 8) return 1
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const poly = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  const tail = 0.3989422804014327 * Math.exp((-z * z) / 2) * poly
  return z < 0 ? tail : 1 - tail
}

/** Entropy in bits of two classes with these weights. */
function entropy2(a: number, b: number): number {
  const all = a + b
  if (!(a > 0) || !(b > 0)) return 0
  return -(a * Math.log2(a / all) + b * Math.log2(b / all)) / all
}

/** Mean entropy of the two sides; that of an unparted whole where a side has hardly any weight. */
function entropyAfter(left0: number, left1: number, right0: number, right1: number): number {
  const left = left0 + left1
  const right = right0 + right1
  const all = left + right
  if (left < 0.01 * all || right < 0.01 * all) return Number.POSITIVE_INFINITY
  return (left * entropy2(left0, left1) + right * entropy2(right0, right1)) / all
}
