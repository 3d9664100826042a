import fc from 'fast-check'

/** Scores with many ties, and targets in which both classes are there. */
export const scored = fc
  .array(fc.record({ score: fc.integer({ min: -4, max: 4 }), target: fc.constantFrom(0, 1) }), { maxLength: 40 })
  .map((rows) => [...rows, { score: 0, target: 0 }, { score: 1, target: 1 }])
  .map((rows) => ({ scores: rows.map(({ score }) => score), targets: rows.map(({ target }) => target) }))

/** Pairs of a positive and a negative, as shares of the pairs in which the positive scores higher; ties a half. */
export function pairwiseArea(scores: readonly number[], targets: readonly number[]): number {
  const of = (target: number) => scores.filter((_, i) => targets[i] === target)
  const pairs = of(1).flatMap((up) => of(0).map((down) => winOf(up, down)))
  return pairs.reduce((sum, win) => sum + win, 0) / pairs.length
}

export function winOf(up: number, down: number): number {
  if (up === down) return 0.5
  return up > down ? 1 : 0
}
