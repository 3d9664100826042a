import { describe, expect, it } from 'vitest'
import { confusionRates } from '../../../metrics/confusion.ts'
import { someEvaluation, someJudged } from './evaluation.testing.ts'
import { shareWords } from './share-words.ts'
import { whatFollows } from './what-follows.ts'

const said = (...words: Parameters<typeof someEvaluation>) =>
  whatFollows(someEvaluation(...words))
    .join('\n')
    .replaceAll('\u00a0', ' ')

/** At the line, of a million benign rows. */
function withFalseAlarms(falsePositives: number): string {
  const { report } = someJudged()
  const confusion = { ...report.confusion, falsePositives, trueNegatives: 1_000_000 - falsePositives }
  const judged = [
    someJudged('word', { report: { ...report, ...confusionRates(confusion), confusion, negatives: 1_000_000 } }),
  ]
  return said('word', { judged })
}

describe('whatFollows', () => {
  it('tells counts with every share', () => {
    expect(said()).toContain('it finds 8 of 10 attack rows (80.0 %) and calls 1 of 40 benign rows attack (2.5 %)')
  })

  it('says whether the line kept what it was drawn for, or that nobody can tell', () => {
    expect(withFalseAlarms(900)).toContain('at most 0.096 % by the 95 % bound, so one in a thousand is kept')
    expect(withFalseAlarms(1_000)).toContain('cannot show that one in a thousand is kept: it may be 0.11 %')
    expect(withFalseAlarms(1_100)).toContain('the line does not carry over to these rows')
    expect(said()).toContain('40 benign rows are too few to tell')
  })

  it('never tells accuracy alone, and takes no ceiling for a rule', () => {
    expect(said('length')).toContain(
      'At even odds it is right on 94.0 % of rows; the commoner class alone is right on 80.0 %, and the best plain rule (one rule: length > 3) on 90.0 %.',
    )
    expect(said()).not.toContain('adds nothing')
    const [rule, ceiling] = someEvaluation().baselines
    const baselines = [{ ...rule, accuracy: 0.94 }, ceiling]
    expect(said('word', { baselines })).toContain('The model adds nothing to that rule.')
  })

  it('names what was found worst without training on it, beside the model itself', () => {
    expect(said('fast tool')).toContain(
      'Of 2 tools left out of training, fast tool is found worst: 3 of 12 attack rows (25.0 %); the model itself finds 100 % of those held out.',
    )
    expect(said()).toContain('Without office in training, 6 of 30 of its benign rows (20.0 %) are called attack')
  })

  it('says whose figures they are where there are several', () => {
    const judged = [someJudged('first'), someJudged('second')]
    expect(said('word', { judged })).toMatch(
      /^first, held out: dev: at its line[\s\S]*\nsecond, held out: dev: at its line/,
    )
  })
})

describe('shareWords', () => {
  it('says all and none of nothing else', () => {
    const words = [0, 1e-9, 0.000123, 0.00436, 0.5, 0.9994, 0.99999, 1, Number.NaN].map(shareWords)
    expect(words.map((word) => word.replace('\u00a0', ' '))).toEqual([
      ...['0 %', '<0.0001 %', '0.012 %', '0.44 %', '50.0 %', '99.9 %', '>99.9 %', '100 %', '-'],
    ])
  })
})
