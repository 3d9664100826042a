import { createRandom, randomInteger } from './random.ts'

/**
 * The whole numbers from 0 to `count - 1` in an order drawn by chance; the same for the same seed.
 *
 * @example
 * shuffled(4, 1) // 3, 1, 0, 2
 *
 * Source: Fisher and Yates, 1938, in Durstenfeld's form (Communications of the ACM 7, 1964).
 */
export function shuffled(count: number, seed: number): Int32Array {
  const random = createRandom(seed)
  const order = Int32Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const pick = randomInteger(random, i + 1)
    ;[order[i], order[pick]] = [order[pick], order[i]]
  }
  return order
}
