import { createRandom, randomInteger } from '../stats/random.ts'
import type { FeatureMatrix } from './matrix.ts'
import { createMatrix } from './matrix.ts'

/** Two noisy classes over six features: linear in two, crossed in two, one missing at times, one that says nothing. */
export function toyProblem(rows: number, seed: number): { matrix: FeatureMatrix; y: Float64Array } {
  const random = createRandom(seed)
  const matrix = createMatrix(rows, ['up', 'down', 'crossA', 'crossB', 'gaps', 'noise'])
  const y = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    const row = matrix.values.subarray(i * 6, i * 6 + 6)
    for (let j = 0; j < 6; j++) row[j] = 2 * random() - 1
    const z = 6 * row[0] - 3 * row[1] + 2 * Math.sign(row[2] * row[3]) + row[4]
    if (random() < 0.3) row[4] = Number.NaN
    y[i] = random() < 1 / (1 + Math.exp(-z)) ? 1 : 0
  }
  return { matrix, y }
}

/** The same columns without classes to learn: rows of two tight crowds, and one in twenty that stands elsewhere. */
export function outlierProblem(rows: number, seed: number): { matrix: FeatureMatrix; y: Float64Array } {
  const random = createRandom(seed)
  const matrix = createMatrix(rows, toyProblem(0, 1).matrix.names)
  const y = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    const crowd = random() < 0.5 ? -0.5 : 0.5
    y[i] = random() < 0.05 ? 1 : 0
    for (let j = 0; j < 6; j++) {
      const near = crowd + 0.1 * (random() + random() + random() - 1.5)
      matrix.values[6 * i + j] = y[i] > 0.5 ? 2 * random() - 1 : near
    }
    if (random() < 0.3) matrix.values[6 * i + 4] = Number.NaN
  }
  return { matrix, y }
}

/** Sequences of six octets, of which some end early: letters that take turns, or in any order. */
export function sequenceProblem(rows: number, seed: number): { matrix: FeatureMatrix; y: Float64Array } {
  const random = createRandom(seed)
  const matrix = createMatrix(rows, toyProblem(0, 1).matrix.names)
  const y = Float64Array.from({ length: rows }, () => (random() < 0.5 ? 1 : 0))
  for (let i = 0; i < rows; i++) {
    const text = [97, 98, 97, 98, 97, 98]
    // Of the others none takes turns all along.
    if (y[i] === 0) text.splice(randomInteger(random, 4), 2, ...[97, 97])
    if (random() < 0.2) text[5] = Number.NaN
    matrix.values.set(text, 6 * i)
  }
  return { matrix, y }
}

/** Byte strings of two kinds: syllables with a number at times, and hexadecimal. */
export function toyStrings(count: number, seed: number): { strings: Uint8Array[]; y: Float64Array } {
  const random = createRandom(seed)
  const y = Float64Array.from({ length: count }, () => (random() < 0.5 ? 1 : 0))
  const pick = (from: string) => from[randomInteger(random, from.length)]
  const strings = Array.from(y, (positive) => {
    let text = ''
    for (let i = 2 + randomInteger(random, 4); i > 0; i--) {
      text += positive > 0.5 ? pick('0123456789abcdef') + pick('0123456789abcdef') : pick('bcdfmnst') + pick('aeiou')
    }
    return Buffer.from(random() < 0.3 ? text + pick('0123456789') : text)
  })
  return { strings, y }
}

/** Area under the ROC curve: the share of pairs that are in the right order, ties a half. */
export function areaUnderRoc(scores: ArrayLike<number>, y: ArrayLike<number>): number {
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[a] - scores[b])
  let [pairs, below, positives] = [0, 0, 0]
  for (let i = 0, next = 0; i < order.length; i = next) {
    let [up, down] = [0, 0]
    for (; next < order.length && scores[order[next]] === scores[order[i]]; next++) {
      if (y[order[next]] > 0.5) up++
      else down++
    }
    pairs += up * (below + down / 2)
    below += down
    positives += up
  }
  return pairs / (positives * below)
}
