import { describe, expect, it } from 'vitest'
import { ClosedMinutes } from './closed-minutes.ts'

const MINUTE = 60_000

describe('ClosedMinutes', () => {
  it('closes a minute when the first row of a later one comes', () => {
    const minutes = new ClosedMinutes()
    const times = [5, 59_999.9, 60_000, 61_000, 60_500, 3 * MINUTE]
    expect(times.map((time) => minutes.isPast(time))).toEqual([true, false, true, false, false, true])
  })

  it('takes late rows into the minute at hand', () => {
    const minutes = new ClosedMinutes()
    minutes.isPast(10 * MINUTE)
    expect([minutes.isPast(0), minutes.isBeyond(0), minutes.isBeyond(11 * MINUTE)]).toEqual([false, false, true])
  })

  it('is not moved by a row without a time', () => {
    const minutes = new ClosedMinutes()
    expect(minutes.isPast(Number.NaN)).toBe(false)
    expect(minutes.isPast(0)).toBe(true)
  })
})
