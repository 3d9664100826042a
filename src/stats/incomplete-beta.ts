/**
 * Regularised incomplete beta function I_x(a, b): the share of a beta distribution below `x`, and so the tail of a
 * binomial. Accurate to about 1e-12 for a and b up to a few millions; slower as they grow, about sqrt(a + b) steps.
 *
 * @example
 * incompleteBeta(2, 3, 0.5) // 0.6875
 *
 * Source: DLMF 8.17.22, the continued fraction, by the method of Lentz as modified by Thompson and Barnett, 1986.
 */
export function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  // The fraction converges fast only below the mean; above it the mirrored function is the one to ask.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(b, a, 1 - x)
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let c = 1
  let fraction = d
  for (let m = 1; m <= 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    const step = d * c
    fraction *= step
    if (Math.abs(step - 1) < 1e-15) break
  }
  return front * fraction
}

/** Away from zero, which the fraction may not divide by. */
function away(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** Logarithm of the gamma function for x >= 0.5 (Lanczos, g = 7, nine terms; error below 1e-14 of the value). */
export function logGamma(x: number): number {
  let sum = LANCZOS[0]
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i] / (x - 1 + i)
  const t = x + 6.5
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}
