/**
 * Margins and terms of nets stand on a grid of 2^-32: sums of multiples of it are exact in doubles, so that what each feature adds
 * sums to the margin to the bit, in any order. A ten-billionth of a nat is far below what a net knows.
 */
const STEP = 2 ** 32
/** No margin is greater: the sums stay exact, and a sigmoid of it says one or nought all the same. */
const MARGIN_MAX = 1e4

/** The margin on the grid; a number that is none, as of weights that blew up, says nothing. */
export function onGrid(value: number): number {
  if (Number.isNaN(value)) return 0
  const kept = Math.max(-MARGIN_MAX, Math.min(MARGIN_MAX, value))
  // Nought is nought: a negative one would be another file.
  return Math.round(kept * STEP) / STEP + 0
}

/** No term is greater: as many as there are columns sum without a loss. What is past it is the base's. */
const TERM_MAX = 500

/** Puts the terms on the grid and gives the base that, with them, is the margin: what no feature alone accounts for. */
export function baseOf(margin: number, terms: Float64Array, count: number): number {
  let sum = 0
  for (let i = 0; i < count; i++) {
    terms[i] = onGrid(Math.max(-TERM_MAX, Math.min(TERM_MAX, terms[i])))
    sum += terms[i]
  }
  return margin - sum
}
