import { describe, expect, it } from 'vitest'
import { Pace } from './pace.ts'

describe('Pace', () => {
  it('lets go as many a second as it was told', async () => {
    let nowMs = 0
    const pace = new Pace(
      1000,
      () => nowMs,
      async (ms) => {
        nowMs += ms
      },
    )
    for (let sent = 0; sent < 5000; sent += pace.portion) await pace.wait(pace.portion)
    expect(nowMs).toBeGreaterThan(4900)
    expect(nowMs).toBeLessThanOrEqual(5000)
  })

  it('makes up for no time in which the other side held it up', async () => {
    let nowMs = 0
    let slept = 0
    const pace = new Pace(
      100,
      () => nowMs,
      async (ms) => {
        slept += ms
        nowMs += ms
      },
    )
    await pace.wait(5)
    nowMs += 60_000
    await pace.wait(5)
    await pace.wait(5)
    expect(slept).toBe(50)
  })
})
