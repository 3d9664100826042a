import { describe, expect, it } from 'vitest'
import { DnsBatch } from '../../batch/dns-batch.ts'
import type { Outgoing } from '../../broker/broker.ts'
import { MemoryBroker } from '../../broker/memory-broker.ts'
import { loadDetectionModel } from '../../detect/load-detection-model.ts'
import { loadPublicSuffixes } from '../../dns/public-suffix.ts'
import { decodeMessage } from '../../sources/messages/index.ts'
import { DomainStage } from './domain-stage.ts'
import { Repartition } from './repartition.ts'

const now = () => Date.UTC(2026, 10, 1)
const exchange = (name: string, timeMs: number) =>
  JSON.stringify({ timeMs, client: '10.0.0.1', qname: name, qtype: 'A', rcode: 0 })

async function passOn(messages: readonly Outgoing[], rounds = 1) {
  const broker = new MemoryBroker({ now })
  await broker.create('unkeyed', 2)
  await broker.create('keyed', 4)
  await broker.create('dead', 1)
  await broker.send('unkeyed', messages)
  for (let round = 0; round < rounds; round++) {
    const work = new Repartition(broker, {
      ...{
        from: 'unkeyed',
        to: 'keyed',
        parts: 4,
        deadLetters: 'dead',
        group: `g${round}`,
        suffixes: loadPublicSuffixes(),
      },
    })
    await work.join()
    await broker.idle()
    await work.drain()
  }
  return broker
}

describe('Repartition', () => {
  it('brings all names of a registered domain into one partition, whatever their keys were', async () => {
    const names = Array.from({ length: 60 }, (_, i) => `h${i}.d${i % 6}.example`)
    const broker = await passOn(
      names.map((name, i) => ({ partition: i % 2, key: null, value: exchange(name, 1e12 + i) })),
    )
    const where = new Map<string, Set<number>>()
    let count = 0
    for await (const { partition, messages } of broker.readAll('keyed')) {
      for (const { key, value } of messages) {
        const domain = Buffer.from(key!).toString()
        where.set(domain, (where.get(domain) ?? new Set()).add(partition))
        const batch = new DnsBatch(1)
        expect(decodeMessage(value, batch).kind).toBe('row')
        count++
      }
    }
    expect(count).toBe(60)
    expect([...where.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5].map((n) => `d${n}.example`))
    for (const partitions of where.values()) expect(partitions.size).toBe(1)
  })

  it('may pass a message on twice: it is taken once', async () => {
    const messages = Array.from({ length: 40 }, (_, i) => ({
      partition: i % 2,
      key: null,
      value: exchange(`h${i}.one.example`, 1e12 + i),
    }))
    const broker = await passOn(messages, 2)
    const settings = { model: loadDetectionModel(), name: 'default', topic: 'keyed', parts: 1 }
    const stage = new DomainStage(0, settings, loadPublicSuffixes())
    let written = 0
    let said = 0
    for await (const { messages: passed } of broker.readAll('keyed')) {
      written += passed.length
      said += stage.take(passed).results.length
    }
    expect([written, said]).toEqual([80, 40])
  })

  it('sends what cannot be read to the dead letters', async () => {
    const broker = await passOn([
      { partition: 0, key: null, value: '{' },
      { partition: 1, key: null, value: exchange('a.example', 1e12) },
    ])
    expect((await broker.spans('dead'))![0].next).toBe(1)
    expect((await broker.spans('keyed'))!.reduce((sum, { next }) => sum + next, 0)).toBe(1)
  })
})
