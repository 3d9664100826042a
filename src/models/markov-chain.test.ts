import { describe, expect, it } from 'vitest'
import { createRandom, randomInteger } from '../stats/random.ts'
import { createMatrix } from './matrix.ts'
import { areaUnderRoc } from './toy.testing.ts'
import { trainMarkovChain } from './train-markov-chain.ts'

const COLUMNS = Array.from({ length: 24 }, (_, i) => `s${i}`)

function matrixOf(strings: readonly string[]) {
  const matrix = createMatrix(strings.length, COLUMNS)
  matrix.values.fill(Number.NaN)
  strings.forEach((text, row) => {
    for (let i = 0; i < Math.min(text.length, 24); i++) matrix.values[row * 24 + i] = text.charCodeAt(i)
  })
  return matrix
}

/** Histories of TCP: of one language data follows data, of the other handshakes are tried again; the letters are the same. */
function histories(count: number, seed: number): { strings: string[]; y: Uint8Array } {
  const random = createRandom(seed)
  const y = Uint8Array.from({ length: count }, (_, i) => i & 1)
  const strings = Array.from(y, (attack) => {
    const next: Record<string, string> = attack
      ? { S: 'h', h: 'A', A: 'Da', D: 'D', a: 'D', d: 'D' }
      : { S: 'h', h: 'A', A: 'Da', D: 'ad', a: 'd', d: 'Aa' }
    let text = 'S'
    while (text.length < 16) {
      const wanted = next[text.at(-1)!]
      // One letter in five is any: no language is clean.
      const choice = random() < 0.2 ? 'ShADad' : wanted
      text += choice[randomInteger(random, choice.length)]
    }
    return text
  })
  return { strings, y }
}

describe('MarkovChain', () => {
  it('tells two languages of histories apart', () => {
    const train = histories(600, 1)
    const held = histories(400, 2)
    const chain = trainMarkovChain(matrixOf(train.strings), train.y)
    const { values } = matrixOf(held.strings)
    const scores = held.strings.map((_, row) => chain.scoreOne(values, row * 24))
    expect(areaUnderRoc(scores, held.y)).toBeGreaterThanOrEqual(0.95)
  })

  it('gives what counting by hand gives', () => {
    // After a: twice b in attack rows; once b, once c in benign ones. Symbols a, b, c and one unseen.
    const chain = trainMarkovChain(matrixOf(['ab', 'ab', 'ab', 'ac']), [1, 1, 0, 0], { alpha: 0.5 })
    expect(chain.prior).toBe(0)
    const ab = Math.log(2.5 / 4) - Math.log(1.5 / 4)
    expect(chain.scoreOne(matrixOf(['ab']).values)).toBeCloseTo((0 + ab) / 2, 9)
  })

  it('is finite and near 0 for what no row held', () => {
    const chain = trainMarkovChain(matrixOf(['Dd', 'Dd', 'ShR', 'ShR']), [0, 0, 1, 1])
    for (const text of ['~~~~', 'D~d', 'ShADadFf', '']) {
      const score = chain.scoreOne(matrixOf([text]).values)
      expect(Number.isFinite(score)).toBe(true)
      expect(Math.abs(score)).toBeLessThan(2)
    }
    expect(chain.scoreOne(matrixOf(['']).values)).toBe(0)
    expect(chain.scoreOne(Float64Array.from(COLUMNS, () => 1e308))).toBe(0)
  })
})
