import { describe, expect, it } from 'vitest'
import { durationMs, durationWords, positiveNumber, properShare, share } from './quantities.ts'

describe('quantities of a command line', () => {
  it.each([
    ['250ms', 250, '250 ms'],
    ['90s', 90_000, '90 s'],
    ['10min', 600_000, '10 min'],
    ['1h', 3_600_000, '1 h'],
    ['1.5h', 5_400_000, '90 min'],
    ['2d', 172_800_000, '2 d'],
    ['0s', 0, 'none'],
  ])('%s is %i milliseconds, said as %s', (text, ms, words) => {
    expect([durationMs(text), durationWords(ms)]).toEqual([ms, words])
  })

  it.each([
    ['1%', 0.01],
    ['0.5%', 0.005],
    ['0.01', 0.01],
    ['100%', 1],
    ['0', 0],
  ])('%s is the share %d', (text, value) => {
    expect(share(text)).toBeCloseTo(value, 12)
  })

  it.each(['', '1', 'h', '-1h', '1 h', '1e3s', 'Infinitys', '1y'])('"%s" is no length of time', (text) => {
    expect(() => durationMs(text)).toThrow('Write a number and its unit')
  })

  it.each(['', '101%', '1.1', '-1%', '1e-3', '%', 'NaN'])('"%s" is no share', (text) => {
    expect(() => share(text)).toThrow('Write a share')
  })

  it('refuses what is nothing or all where neither can be meant', () => {
    expect(properShare('0.1%')).toBeCloseTo(0.001, 12)
    for (const text of ['0', '100%']) expect(() => properShare(text)).toThrow('between none and all')
    expect(positiveNumber('0.5')).toBe(0.5)
    for (const text of ['0', '-1', 'x']) expect(() => positiveNumber(text)).toThrow('above zero')
  })
})
