import { expect, it } from 'vitest'
import type { Broker, Message, Reader, Start } from './broker.ts'
import { partitionOfKey } from './partition-of-key.ts'

/** A reader that keeps what it is given, and says where to begin. */
export class KeepingReader implements Reader {
  readonly seen = new Map<string, Message[]>()
  readonly owned = new Set<string>()
  /** What is done with each batch before it counts as taken. */
  onTake: (topic: string, partition: number, messages: readonly Message[]) => Promise<void> = async () => {}
  private readonly start: (partition: number) => Start

  constructor(start: (partition: number) => Start = () => 'first') {
    this.start = start
  }

  get count(): number {
    return [...this.seen.values()].reduce((sum, messages) => sum + messages.length, 0)
  }

  async assigned(topic: string, partition: number): Promise<Start> {
    this.owned.add(`${topic}/${partition}`)
    return this.start(partition)
  }

  async take(topic: string, partition: number, messages: readonly Message[]): Promise<void> {
    await this.onTake(topic, partition, messages)
    const key = `${topic}/${partition}`
    this.seen.set(key, [...(this.seen.get(key) ?? []), ...messages])
  }

  async revoked(topic: string, partition: number): Promise<void> {
    this.owned.delete(`${topic}/${partition}`)
  }
}

/** Resolves when it is so; a minute is longer than any broker takes. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const start = Date.now()
  while (!(await isSo())) {
    if (Date.now() - start > 60_000) throw new Error('It did not come to be.')
    await new Promise((done) => setTimeout(done, 20))
  }
}

const text = (value: Uint8Array | null) => (value === null ? null : Buffer.from(value).toString())
const numbered = (from: number, to: number, partitions: number) =>
  Array.from({ length: to - from }, (_, i) => {
    const key = `k${(from + i) % 17}`
    return { partition: partitionOfKey(key, partitions), key, value: `${from + i}` }
  })

let run = 0

/** What every broker does, whatever it is made of. `open` gives one that is running; topics are new in every test. */
export function brokerConformance(open: () => Promise<Broker>): void {
  const topicOf = () => `conformance-${process.pid}-${run++}`
  const reading = async (broker: Broker, topic: string) => {
    const values: (string | null)[] = []
    for await (const { messages } of broker.readAll(topic)) values.push(...messages.map(({ value }) => text(value)))
    return values
  }

  it('has no topic that nobody made, and makes one once', async () => {
    const broker = await open()
    const topic = topicOf()
    expect(await broker.spans(topic)).toBeUndefined()
    await broker.create(topic, 3)
    await broker.create(topic, 5)
    expect(await broker.spans(topic)).toEqual(Array.from({ length: 3 }, () => ({ first: 0, next: 0 })))
    await broker.close()
  })

  it('keeps the order of a partition, and what was sent can be read when it says so', async () => {
    const broker = await open()
    const topic = topicOf()
    await broker.create(topic, 4)
    await broker.send(topic, numbered(0, 500, 4))
    const spans = (await broker.spans(topic))!
    expect(spans.reduce((sum, { next }) => sum + next, 0)).toBe(500)
    const byPartition = new Map<number, number[]>()
    for await (const { partition, messages } of broker.readAll(topic)) {
      const offsets = byPartition.get(partition) ?? []
      offsets.push(...messages.map(({ offset }) => offset))
      byPartition.set(partition, offsets)
      for (const { key, writtenMs } of messages) {
        expect(partitionOfKey(key!, 4)).toBe(partition)
        expect(writtenMs).toBeGreaterThan(1_500_000_000_000)
      }
    }
    for (const [partition, offsets] of byPartition) {
      expect(offsets).toEqual(Array.from({ length: spans[partition].next }, (_, i) => i))
    }
    await broker.close()
  })

  it('carries nothing, octets of any kind, and a message of nearly a mebibyte', async () => {
    const broker = await open()
    const topic = topicOf()
    await broker.create(topic, 1)
    const odd = Uint8Array.from({ length: 256 }, (_, i) => i)
    const large = Buffer.alloc(1_000_000, 7)
    const values = [null, new Uint8Array(0), odd, large, odd]
    await broker.send(
      topic,
      values.map((value) => ({ partition: 0, key: null, value })),
    )
    const read: Message[] = []
    for await (const { messages } of broker.readAll(topic)) read.push(...messages)
    expect(read.map(({ key }) => key)).toEqual([null, null, null, null, null])
    const same = read.map(
      ({ value }, i) =>
        (value === null) === (values[i] === null) && Buffer.from(value ?? []).equals(values[i] ?? Buffer.alloc(0)),
    )
    expect(same).toEqual(values.map(() => true))
    await broker.close()
  })

  it('begins where the reader says, whatever was committed', async () => {
    const broker = await open()
    const topic = topicOf()
    await broker.create(topic, 2)
    await broker.send(
      topic,
      [0, 1].flatMap((partition) => Array.from({ length: 20 }, (_, i) => ({ partition, key: null, value: `${i}` }))),
    )
    for (const start of [15, 5, 'first'] as const) {
      const reader = new KeepingReader(() => start)
      const member = await broker.join('g', [topic], reader)
      const expected = start === 'first' ? 40 : 2 * (20 - start)
      await until(() => reader.count >= expected)
      expect(reader.count).toBe(expected)
      expect(reader.seen.get(`${topic}/0`)![0].offset).toBe(start === 'first' ? 0 : start)
      for (const partition of [0, 1]) await member.commit(topic, partition, 20)
      await member.leave()
      expect(reader.owned.size).toBe(0)
    }
    await broker.close()
  })

  it('begins where its group committed, if it says so', async () => {
    const broker = await open()
    const topic = topicOf()
    await broker.create(topic, 1)
    await broker.send(
      topic,
      Array.from({ length: 20 }, (_, i) => ({ partition: 0, key: null, value: `${i}` })),
    )
    for (const [first, commit] of [
      [0, 8],
      [8, 20],
    ]) {
      const reader = new KeepingReader(() => 'committed')
      const member = await broker.join('committing', [topic], reader)
      await until(() => reader.count === 20 - first)
      expect(reader.seen.get(`${topic}/0`)![0].offset).toBe(first)
      await member.commit(topic, 0, commit)
      await member.leave()
    }
    await broker.close()
  })

  it('shares partitions out between members, and gives those of one who leaves to the other', async () => {
    const broker = await open()
    const topic = topicOf()
    await broker.create(topic, 4)
    const positions = new Map<number, number>()
    const make = () => {
      const reader = new KeepingReader((partition) => positions.get(partition) ?? 'first')
      reader.onTake = async (_, partition, messages) => {
        positions.set(partition, messages[messages.length - 1].offset + 1)
      }
      return reader
    }
    const [one, other] = [make(), make()]
    const first = await broker.join('g', [topic], one)
    await until(() => one.owned.size === 4)
    const second = await broker.join('g', [topic], other)
    await until(() => one.owned.size === 2 && other.owned.size === 2)
    await broker.send(topic, numbered(0, 400, 4))
    await until(() => one.count + other.count === 400)
    expect(one.count).toBeGreaterThan(0)
    expect(other.count).toBeGreaterThan(0)
    await first.leave()
    await until(() => other.owned.size === 4)
    await broker.send(topic, numbered(400, 500, 4))
    await until(() => one.count + other.count === 500)
    const all = [...one.seen.values(), ...other.seen.values()].flat().map(({ value }) => Number(text(value)))
    expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, i) => i))
    await second.leave()
    await broker.close()
  })

  it('gives nothing more of a partition while its reader is busy', async () => {
    const broker = await open()
    const topic = topicOf()
    await broker.create(topic, 1)
    const reader = new KeepingReader()
    let busy = 0
    let most = 0
    reader.onTake = async () => {
      most = Math.max(most, ++busy)
      await new Promise((done) => setTimeout(done, 5))
      busy--
    }
    const member = await broker.join('g', [topic], reader)
    for (let i = 0; i < 20; i++) await broker.send(topic, [{ partition: 0, key: null, value: `${i}` }])
    await until(() => reader.count === 20)
    expect(most).toBe(1)
    expect(reader.seen.get(`${topic}/0`)!.map(({ value }) => Number(text(value)))).toEqual(
      Array.from({ length: 20 }, (_, i) => i),
    )
    await member.leave()
    await broker.close()
  })

  it('reads a topic that is empty, or is not there, to its end', async () => {
    const broker = await open()
    const topic = topicOf()
    expect(await reading(broker, topic)).toEqual([])
    await broker.create(topic, 2)
    expect(await reading(broker, topic)).toEqual([])
    await broker.close()
  })
}
