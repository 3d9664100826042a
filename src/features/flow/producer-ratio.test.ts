import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { producerRatio, shrunkProducerRatio } from './producer-ratio.ts'

const octets = fc.nat(1e9)

describe('producerRatio', () => {
  it('is 1 for who only sends, -1 for who only gets, and missing where nothing went', () => {
    expect(producerRatio(1000, 0)).toBe(1)
    expect(producerRatio(0, 1000)).toBe(-1)
    expect(producerRatio(500, 500)).toBe(0)
    expect(producerRatio(0, 0)).toBeNaN()
    expect(shrunkProducerRatio(0, 0)).toBeNaN()
    expect(producerRatio(Number.NaN, 10)).toBeNaN()
  })

  it('changes its sign with the direction, and shrinking never changes it', () => {
    fc.assert(
      fc.property(octets, octets, (sent, got) => {
        fc.pre(sent + got > 0)
        const ratio = producerRatio(sent, got)
        expect(producerRatio(got, sent)).toBeCloseTo(-ratio, 12)
        const shrunk = shrunkProducerRatio(sent, got)
        expect(Math.abs(shrunk)).toBeLessThanOrEqual(Math.abs(ratio))
        expect(Math.sign(shrunk)).toBe(Math.sign(ratio))
      }),
    )
  })
})
