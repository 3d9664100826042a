import { describe, expect, it } from 'vitest'
import { rowsToBatch, wire } from '../batch/rows.testing.ts'
import { PrefixText } from '../dns/prefix-text.ts'
import { armFeatures } from '../features/query/index.ts'
import { plainModel } from './detect.testing.ts'
import { QueryScorer } from './query-scorer.ts'

const prefix = new PrefixText()
prefix.read(wire('a1b2'), 0, wire('a1b2').length)

describe('QueryScorer', () => {
  it('asks each arm with its own features', () => {
    const seen: Record<string, number[]> = {}
    const arm = (name: string) => ({
      logLikelihoodRatio: (row: Float64Array) => {
        seen[name] = [...row]
        return row.length
      },
    })
    const scorer = new QueryScorer({ ...plainModel(), arms: { names: arm('names'), answers: arm('answers') } })
    scorer.score(prefix, 12, rowsToBatch([{ qname: 'a1b2.evil.com', qtype: 'TXT', textOctets: 30 }]), 0)
    expect([scorer.names, scorer.answers]).toEqual([armFeatures('names').length, armFeatures('answers').length])
    expect(seen.answers.slice(0, seen.names.length)).toEqual(seen.names)
    const bits = armFeatures('names').findIndex(({ name }) => name === 'languageBits')
    expect(seen.names[bits]).toBe(12)
    expect([...scorer.answersRow]).toEqual(seen.answers)
  })

  it('judges by the name alone where no answer was seen', () => {
    const scorer = new QueryScorer(plainModel(3, 7))
    scorer.score(prefix, 12, rowsToBatch([{ qname: 'a1b2.evil.com' }, { qname: 'a1b2.evil.com', rcode: -1 }]), 0)
    expect([scorer.names, scorer.answers]).toEqual([3, 7])
    scorer.score(prefix, 12, rowsToBatch([{ qname: 'a1b2.evil.com', rcode: -1 }]), 0)
    expect([scorer.names, scorer.answers]).toEqual([3, 3])
  })
})
