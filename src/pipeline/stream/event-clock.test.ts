import { describe, expect, it } from 'vitest'
import { DnsBatch, MARK } from '../../batch/dns-batch.ts'
import { EventClock } from './event-clock.ts'

const NOW = 1_700_000_000_000
const HOUR = 3_600_000

/** Times of rows after the clock saw them, all written at `NOW`. */
function placed(...times: number[]) {
  const clock = new EventClock()
  const batch = new DnsBatch()
  for (const timeMs of times) {
    const row = batch.addRow()
    batch.timeMs[row] = timeMs
    clock.place(batch, row, NOW)
  }
  const late = times.map((_, row) => (batch.marks[row] & MARK.late) !== 0)
  return { clock, late, times: [...batch.timeMs.subarray(0, times.length)] }
}

describe('EventClock', () => {
  it('charges a row that comes late at the time reached, and counts it', () => {
    const { clock, late, times } = placed(100, 50, 100, 200)
    expect(times).toEqual([100, 100, 100, 200])
    expect(late).toEqual([false, true, false, false])
    expect(clock.late).toBe(1)
  })

  it('takes the time of writing where a row has none', () => {
    expect(placed(Number.NaN).times).toEqual([NOW])
  })

  it('does not believe a sensor whose clock runs far ahead: it would make all others late', () => {
    const { clock, times, late } = placed(NOW + 2 * HOUR, NOW - 5, NOW + HOUR)
    expect(times).toEqual([NOW, NOW, NOW + HOUR])
    expect(late).toEqual([false, true, false])
    expect(clock.ahead).toBe(1)
  })

  it('is moved on by a marker, never back, and never into the future', () => {
    const { clock } = placed(100)
    clock.advance(50, NOW)
    expect(clock.nowMs).toBe(100)
    clock.advance(500, NOW)
    expect(clock.nowMs).toBe(500)
    clock.advance(NOW + 2 * HOUR, NOW)
    clock.advance(Number.NaN, NOW)
    expect(clock.nowMs).toBe(500)
  })
})
