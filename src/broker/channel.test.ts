import { describe, expect, it } from 'vitest'
import { Channel } from './channel.ts'

describe('Channel', () => {
  it('hands values over in order, and holds up who is too fast', async () => {
    const channel = new Channel<number>(2)
    let sent = 0
    const sending = (async () => {
      for (; sent < 10; sent++) await channel.push(sent)
      channel.end()
    })()
    await new Promise((done) => setTimeout(done, 5))
    expect(sent).toBe(2)
    const got: number[] = []
    for await (const value of channel) got.push(value)
    await sending
    expect(got).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('hands over what there is before the error behind it', async () => {
    const channel = new Channel<number>(5)
    await channel.push(1)
    channel.end({ error: new Error('broken') })
    const got: number[] = []
    await expect(async () => {
      for await (const value of channel) got.push(value)
    }).rejects.toThrow('broken')
    expect(got).toEqual([1])
  })

  it('lets a writer go whose reader left', async () => {
    const channel = new Channel<number>()
    const sending = (async () => {
      for (let i = 0; i < 10; i++) await channel.push(i)
    })()
    for await (const _ of channel) break
    await sending
  })
})
