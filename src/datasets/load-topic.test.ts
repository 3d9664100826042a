import { describe, expect, it } from 'vitest'
import { MemoryBroker } from '../broker/memory-broker.ts'
import { loadTopic } from './load-topic.ts'

const ATTACK = '58:50.7,24,7,0,10,8,2.054028744,6,6,7,3.166666667,4,224,11,1,1'
const BENIGN = '45:38.3,14,0,0,13,0,2.781301471,1,2,10,6.5,press,clickpress,11,0,0'
const HEADER = '\u00ef\u00bb\u00bftimestamp,FQDN_count,subdomain_length'

async function topicOf(partitions: readonly (readonly string[])[]): Promise<MemoryBroker> {
  const broker = new MemoryBroker({ now: () => 0 })
  await broker.create('rows', partitions.length)
  // Turn by turn, as several producers would.
  for (let i = 0; i < Math.max(...partitions.map(({ length }) => length)); i++) {
    const messages = partitions.flatMap((values, partition) =>
      i < values.length ? [{ partition, key: null, value: values[i] }] : [],
    )
    await broker.send('rows', messages)
  }
  return broker
}

describe('loadTopic', () => {
  it('gives labelled rows partition by partition, as text or as JSON', async () => {
    const broker = await topicOf([[HEADER, JSON.stringify(`${ATTACK}\n`), BENIGN], [BENIGN]])
    const { y, matrix, malformed } = await loadTopic(broker, 'rows')
    expect([...y]).toEqual([1, 0, 0])
    expect([0, 1, 2].map((row) => matrix.values[row * matrix.columns])).toEqual([24, 14, 14])
    expect(malformed).toEqual({})
  })

  it('counts what carries no label or cannot be read', async () => {
    const unlabelled = ATTACK.slice(0, -2)
    const broker = await topicOf([[unlabelled, '{"qname":"a.example"}', '[1,', '', ATTACK]])
    const { y, malformed } = await loadTopic(broker, 'rows')
    expect([...y]).toEqual([1])
    expect(malformed).toMatchObject({ 'columns-missing': 1, 'label-missing': 1, empty: 1 })
  })

  it('is one sentence where there is nothing', async () => {
    await expect(loadTopic(await topicOf([['']]), 'rows')).rejects.toThrow('holds no rows of the original table')
    await expect(loadTopic(await topicOf([['']]), 'gone')).rejects.toThrow('There is no topic gone')
  })
})
