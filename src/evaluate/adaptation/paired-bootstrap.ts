import { createRandom, randomInteger } from '../../stats/random.ts'

/** What two arms had right in one block (a domain in a day), of either class. */
export interface Block {
  readonly positives: number
  readonly negatives: number
  readonly right: readonly { readonly positives: number; readonly negatives: number }[]
}

/** A difference, and where it lies with 95 % by resampling. */
export interface Difference {
  readonly mean: number
  readonly lower: number
  readonly upper: number
}

const ROUNDS = 250

/** Balanced accuracy of an arm over blocks; NaN without a class. */
export function balancedAccuracy(blocks: readonly Block[], arm: number): number {
  let [positives, negatives, rightPositives, rightNegatives] = [0, 0, 0, 0]
  for (const block of blocks) {
    positives += block.positives
    negatives += block.negatives
    rightPositives += block.right[arm].positives
    rightNegatives += block.right[arm].negatives
  }
  return (rightPositives / positives + rightNegatives / negatives) / 2
}

/**
 * Difference in balanced accuracy of two arms, as the mean over orderings, with a 95 % interval by resampling whole blocks of each
 * ordering: both arms answer the same rows, and rows of one domain and day stand or fall together. Blocks of either class are drawn
 * apart, so that no draw is without one.
 *
 * Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, ch. 8 (blocks) and 13 (percentiles).
 */
export function pairedDifference(
  orderings: readonly (readonly Block[])[],
  arm: number,
  other: number,
  seed: number,
): Difference {
  const random = createRandom(seed)
  const difference = (blocks: readonly Block[]) => balancedAccuracy(blocks, arm) - balancedAccuracy(blocks, other)
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const parts = orderings.map((blocks) => [
    blocks.filter(({ positives }) => positives > 0),
    blocks.filter(({ positives }) => positives === 0),
  ])
  const draw = (blocks: readonly Block[]) => Array.from(blocks, () => blocks[randomInteger(random, blocks.length)])
  const rounds = Array.from({ length: ROUNDS }, () =>
    mean(parts.map(([tunnels, benign]) => difference([...draw(tunnels), ...draw(benign)]))),
  )
  rounds.sort((a, b) => a - b)
  const at = (share: number) => rounds[Math.min(rounds.length - 1, Math.floor(share * rounds.length))]
  return { mean: mean(orderings.map(difference)), lower: at(0.025), upper: at(0.975) }
}
