import { describe, expect, it } from 'vitest'
import { createExamples, type Examples } from '../../learn/examples.ts'
import type { Fit } from '../../learn/fit.ts'
import { groupedSplit, randomSplit, type Split } from '../../learn/folds/split.ts'
import { learners } from '../../learn/learners.ts'
import { planted } from '../../learn/planted.testing.ts'
import { createMatrix, matrixOf } from '../../models/matrix.ts'
import { createRandom } from '../../stats/random.ts'
import { audits, networkOfOrigin } from './audits.ts'

const examples = planted(2000, ['strong', 'noise'], 1)
const [logistic] = learners
const ask = (of: Examples, { train, test }: Split, fit: Fit = logistic.fit()) => audits(of, fit, train, test, 1)

describe('leak audits', () => {
  it('pass where nothing leaks', () => {
    const found = ask(examples, groupedSplit(examples.groups, 0.3, 1))
    expect(found.map(({ passed }) => passed)).toEqual([true, true, true])
    expect(found[1].answer).toMatch(/^strong 0\.[89]/)
    expect(found[2].answer).toMatch(/^0 of \d{3} test rows$/)
  })

  it('find rows that are judged and train as well: what learns by heart ranks even shuffled targets', () => {
    const { train, test } = groupedSplit(examples.groups, 0.3, 1)
    const keyOf = (values: Float64Array, at: number) => `${values[at]} ${values[at + 1]}`
    const byHeart: Fit = (training, seed) => {
      const known = new Map(Array.from(training.y, (y, row) => [keyOf(training.matrix.values, 2 * row), 2 * y - 1]))
      const model = logistic.fit()(training, seed)
      return Object.assign(model, { scoreOne: (x: Float64Array, at = 0) => known.get(keyOf(x, at)) ?? 0 })
    }
    expect(ask(examples, { train, test }, byHeart)[0].passed).toBe(true)
    expect(ask(examples, { train: Int32Array.of(...train, ...test.slice(0, 60)), test }, byHeart)[0].passed).toBe(false)
  })

  it('do not take the luck of few distinct rows for a leak', () => {
    // Three distinct rows: any model ranks nearly all of one class above nearly all of the other, or the other way.
    const random = createRandom(2)
    const kinds = Array.from({ length: 4000 }, () => Math.floor(3 * random()))
    const y = kinds.map((kind) => (random() < kind / 2 ? 1 : 0))
    const few = createExamples(
      matrixOf(
        ['kind'],
        kinds.map((kind) => [kind]),
      ),
      y,
    )
    const [shuffled, , copies] = ask(few, randomSplit(4000, 0.3, 1))
    expect(shuffled.passed).toBe(true)
    expect(copies).toMatchObject({ passed: false, answer: '1200 of 1200 test rows' })
  })

  it('name a feature that gives the target away, whichever way it points', () => {
    const y = Array.from({ length: 200 }, (_, row) => row % 2)
    const rows = y.map((target, row) => [row % 7, target === 1 ? Number.NaN : row])
    const told = createExamples(matrixOf(['seven', 'gap'], rows), y)
    const [, best] = ask(told, groupedSplit(told.groups, 0.5, 1))
    expect(best).toMatchObject({ answer: 'gap 1.0000', passed: false })
  })

  it('allow chance as much as few rows need, and skip shuffling where nothing trains', () => {
    const small = planted(100, ['strong', 'noise'], 1)
    const [shuffled] = ask(small, groupedSplit(small.groups, 0.3, 2))
    const allowed = Number(/0\.5 \+- ([\d.]+)/.exec(shuffled.question)![1])
    expect(allowed).toBeGreaterThan(0.02)
    const none = { train: new Int32Array(), test: Int32Array.from(small.y.keys()) }
    expect(ask(small, none)).toHaveLength(2)
  })
})

describe('networkOfOrigin', () => {
  it('names the features that tell where benign rows were seen, and says nothing of one network', () => {
    const random = createRandom(1)
    const matrix = createMatrix(200, ['local', 'size'])
    const network = Array.from({ length: 200 }, (_, row) => (row & 1 ? 'home' : 'work'))
    network.forEach((name, row) => {
      matrix.values[row * 2] = name === 'home' ? 1 : 0
      matrix.values[row * 2 + 1] = random()
    })
    const examples = { matrix, y: new Float64Array(200) } as Examples
    const all = Int32Array.from(network.keys())
    const [audit] = networkOfOrigin(examples, network, all)
    expect(audit.passed).toBe(false)
    expect(audit.answer).toMatch(/^local 1\.000 \((home|work)\)$/)
    expect(networkOfOrigin(examples, network.fill('home'), all)).toEqual([])
  })
})
