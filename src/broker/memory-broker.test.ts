import { describe, expect, it } from 'vitest'
import { brokerConformance, KeepingReader, until } from './broker.testing.ts'
import { MemoryBroker } from './memory-broker.ts'

const now = () => Date.UTC(2026, 10, 1)

describe('a broker in memory', () => {
  brokerConformance(async () => new MemoryBroker({ now }))

  it('holds a sender up while nobody reads, and forgets what was read', async () => {
    const broker = new MemoryBroker({ unreadMax: 10, now })
    await broker.create('t', 1)
    let sent = 0
    const sending = (async () => {
      for (; sent < 100; sent++) await broker.send('t', [{ partition: 0, key: null, value: `${sent}` }])
    })()
    await new Promise((done) => setTimeout(done, 20))
    expect(sent).toBe(10)
    const reader = new KeepingReader()
    const member = await broker.join('g', ['t'], reader)
    await sending
    await until(() => reader.count === 100)
    const [{ first, next }] = (await broker.spans('t'))!
    expect(next).toBe(100)
    expect(next - first).toBeLessThanOrEqual(10)
    await member.leave()
    await broker.close()
  })
})
