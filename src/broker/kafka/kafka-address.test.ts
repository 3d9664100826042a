import { describe, expect, it } from 'vitest'
import { hidden, isKafkaAddress, parseKafkaAddress } from './kafka-address.ts'

describe('parseKafkaAddress', () => {
  it('takes an address apart', () => {
    expect(parseKafkaAddress('kafka://localhost/ml-raw-dns')).toEqual({
      ...{ brokers: ['localhost:9092'], topic: 'ml-raw-dns', tls: false, user: undefined, password: undefined },
    })
    expect(parseKafkaAddress('kafkas://a%40b:p%3Aw@one.test:9093,[::1]:9094,two.test/t.1_x')).toEqual({
      ...{
        brokers: ['one.test:9093', '[::1]:9094', 'two.test:9092'],
        topic: 't.1_x',
        tls: true,
        user: 'a@b',
        password: 'p:w',
      },
    })
  })

  it.each([
    'kafka://',
    'kafka:///t',
    'kafka://h',
    'kafka://h/',
    'kafka://h/a/b',
    'kafka://h/a b',
    'kafka://h:0/t',
    'kafka://h:99999/t',
    'kafka://h,,i/t',
    'kafka://h/..?x',
  ])('says in one sentence what is wrong with %s', (text) => {
    expect(parseKafkaAddress(text)).toBeTypeOf('string')
  })

  it('never repeats a password', () => {
    expect(parseKafkaAddress('kafka://me:secret@h/')).not.toContain('secret')
    expect(hidden('kafka://me:secret@h/t')).toBe('kafka://me:...@h/t')
  })

  it('knows a topic from a file', () => {
    expect(['kafka://h/t', 'kafkas://h/t', 'kafka.log', './kafka:', '-'].map(isKafkaAddress)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })
})
