import { describe, expect, it } from 'vitest'
import type { Row } from '../../batch/rows.testing.ts'
import { answer } from './answer.ts'
import { contextOf, valuesOf } from './extract.testing.ts'

const read = (row: Partial<Row>, prefix = 'abcd') => valuesOf(answer, contextOf(prefix, row))

describe('what was asked for', () => {
  it.each([
    ['addressType', ['A', 'AAAA']],
    ['textType', ['TXT', 'TYPE99']],
    ['targetType', ['NS', 'CNAME', 'PTR', 'MX', 'SRV', 'TYPE39']],
    ['none of them', ['NULL', 'KEY', 'HTTPS', 'ANY', 'TYPE65399']],
  ])('is %s for %s', (flag, types) => {
    for (const qtype of types) {
      const { addressType, textType, targetType } = read({ qtype })
      expect({ qtype, addressType, textType, targetType }).toEqual({
        qtype,
        addressType: Number(flag === 'addressType'),
        textType: Number(flag === 'textType'),
        targetType: Number(flag === 'targetType'),
      })
    }
  })
})

describe('what came back', () => {
  it('is unknown, all but the type, where no response was seen', () => {
    const [address, text, target, ...others] = Object.values(read({ qtype: 'TXT', rcode: -1 }))
    expect([address, text, target]).toEqual([0, 1, 0])
    expect(others).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN])
  })

  it('is a name error, another error, or neither', () => {
    const flags = [0, 2, 3, 5]
      .map((rcode) => read({ rcode }))
      .map(({ nameError, serverError }) => [nameError, serverError])
    expect(flags).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [0, 1],
    ])
  })

  it('counts payload: text, targets and raw octets, addresses aside', () => {
    const row = { qtype: 'TXT', textOctets: 20, targetOctets: 3, rawOctets: 7, addressOctets: 4 }
    expect(read(row)).toMatchObject({ answerCount: 1, answerPayloadOctets: 30, answerPayloadRatio: 6, hasAddress: 1 })
    expect(read(row, '')).toMatchObject({ answerPayloadRatio: 30 })
    expect(read({ qtype: 'TXT' })).toMatchObject({ answerPayloadOctets: 0, answerPayloadRatio: 0, hasAddress: 0 })
  })
})
