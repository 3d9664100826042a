import { describe, expect, it } from 'vitest'
import { RowView } from '../../batch/row-view.ts'
import { MemoryBroker } from '../../broker/memory-broker.ts'
import { topicPlace } from './topic-place.ts'

const exchange = (qname: string) => ({
  partition: 0,
  key: null,
  value: JSON.stringify({ timeMs: 1.7e12, client: '10.0.0.5', resolver: '10.0.0.1', qname, qtype: 'A', rcode: 0 }),
})

describe('a topic as a source', () => {
  it('gives its rows, counts what is none, and goes on behind what is done with', async () => {
    const broker = new MemoryBroker({ now: () => 0 })
    const troubles: (string | undefined)[] = []
    const run = async (enough: (names: string[]) => boolean) => {
      const ending = new AbortController()
      const world = {
        pause: async () => {},
        say() {},
        now: () => 0,
        onTrouble: (_: string, sentence?: string) => void troubles.push(sentence),
      }
      const open = async () => Object.assign(Object.create(broker) as MemoryBroker, { close: async () => {} })
      const opened = await topicPlace('kafka://x/raw', 'raw', open).open(
        3,
        { ports: [], responseWaitMs: 1 },
        world,
        ending.signal,
      )
      const names: string[] = []
      for await (const batch of opened!.source.read(ending.signal)) {
        for (let row = 0; row < batch.rows; row++) names.push(new RowView(batch, row).qname)
        if (enough(names)) ending.abort()
      }
      return { names, counts: opened!.counts }
    }
    await broker.create('raw', 1)
    await broker.send('raw', [
      exchange('a.example'),
      { partition: 0, key: null, value: 'nonsense' },
      exchange('b.example'),
    ])
    const first = await run((names) => names.length === 2)
    expect(first.names).toEqual(['a.example', 'b.example'])
    expect(first.counts).toMatchObject({ packets: 3, rows: 2 })
    expect(Object.values(first.counts.malformed)).toEqual([1])
    await broker.send('raw', [exchange('c.example')])
    expect((await run((names) => names.length === 1)).names).toEqual(['c.example'])
    expect(troubles).toEqual([undefined, undefined])
  })
})
