import kafkajs from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { brokerConformance, KeepingReader, until } from '../../src/broker/broker.testing.ts'
import type { Broker, BrokerWatcher } from '../../src/broker/broker.ts'
import { parseKafkaAddress } from '../../src/broker/kafka/kafka-address.ts'
import { openKafka } from '../../src/broker/kafka/kafka-broker.ts'
import { fetchedVersions, NO_BROKER, RealBroker, SASL_PASSWORD, SASL_USER } from './real-broker.ts'

const quiet: BrokerWatcher = { onTrouble() {}, onRecovered() {} }
const address = (hosts: string) => {
  const parsed = parseKafkaAddress(`kafka://${hosts}/unused`)
  if (typeof parsed === 'string') throw new Error(parsed)
  return parsed
}
const open = (hosts: string, watcher = quiet): Promise<Broker> => openKafka(address(hosts), {}, watcher)

const given = process.env.KAFKA_BROKERS
const versions = given === undefined ? fetchedVersions() : []

it('has a broker to be tested with', ({ skip }) => {
  if (given !== undefined || versions.length > 0) return
  if (process.env.CI) throw new Error(NO_BROKER)
  console.warn(NO_BROKER)
  skip()
})

describe.skipIf(given === undefined)('the broker in KAFKA_BROKERS', () => {
  brokerConformance(() => open(given!))
})

describe.each(versions)('Apache Kafka %s', (version) => {
  let real: RealBroker
  beforeAll(async () => {
    real = await RealBroker.start(version)
  }, 120_000)
  afterAll(() => real?.stop())

  brokerConformance(() => open(real.address))

  it('loses nothing when it is killed while we write and read, and says so once', async () => {
    const told: string[] = []
    let recovered = 0
    const broker = await open(real.address, {
      onTrouble: (sentence) => told.push(sentence),
      onRecovered: () => recovered++,
    })
    await broker.create('killed', 2)
    const reader = new KeepingReader()
    const member = await broker.join('killed-group', ['killed'], reader)
    const sending = (async () => {
      for (let i = 0; i < 400; i++) {
        await broker.send(
          'killed',
          Array.from({ length: 25 }, (_, k) => ({ partition: k % 2, key: null, value: `${i * 25 + k}` })),
        )
      }
    })()
    await until(() => reader.count > 500)
    await real.kill()
    await new Promise((done) => setTimeout(done, 1500))
    await real.restart()
    await sending
    const distinct = () => new Set([...reader.seen.values()].flat().map(({ value }) => Buffer.from(value!).toString()))
    await until(() => distinct().size === 10_000)
    const spans = (await broker.spans('killed'))!
    // Numbered by the producer, so that what was sent again was written once.
    expect(spans.reduce((sum, { next }) => sum + next, 0)).toBe(10_000)
    await until(() => recovered > 0 || told.length === 0)
    for (const sentence of told) expect(sentence).toMatch(/^127\.0\.0\.1:\d+ .*tried again until it works\.$/)
    await member.leave()
    await broker.close()
  }, 120_000)

  it('reads what others compressed with gzip', async () => {
    const broker = await open(real.address)
    await broker.create('gzipped', 1)
    const { Kafka, CompressionTypes, logLevel } = kafkajs
    const producer = new Kafka({ brokers: [real.address], logLevel: logLevel.NOTHING }).producer()
    await producer.connect()
    const messages = Array.from({ length: 100 }, (_, i) => ({ partition: 0, value: `message ${i}` }))
    await producer.send({ topic: 'gzipped', compression: CompressionTypes.GZIP, messages })
    await producer.disconnect()
    const read: string[] = []
    for await (const part of broker.readAll('gzipped'))
      read.push(...part.messages.map(({ value }) => Buffer.from(value!).toString()))
    expect(read).toEqual(messages.map(({ value }) => value))
    await broker.close()
  }, 60_000)

  it('says who it is where a broker asks, and what is wrong where it may not in', async () => {
    const secured = `127.0.0.1:${real.saslPort}`
    const known = await openKafka(address(secured), { user: SASL_USER, password: SASL_PASSWORD }, quiet)
    await known.create('secured', 1)
    await known.send('secured', [{ partition: 0, key: null, value: 'x' }])
    expect((await known.spans('secured'))![0].next).toBe(1)
    await known.close()
    const told: string[] = []
    const unknown = await openKafka(
      address(secured),
      { user: SASL_USER, password: 'wrong' },
      { onTrouble: (sentence) => told.push(sentence), onRecovered() {} },
    )
    const asking = unknown.spans('secured').catch(() => 'closed')
    await until(() => told.length > 0)
    expect(told[0]).toMatch(
      /does not say what is in secured: .*[Aa]uthentication.*; it is tried again until it works\.$/,
    )
    expect(told.join()).not.toContain('wrong')
    await unknown.close()
    expect(await asking).toBe('closed')
  }, 60_000)

  it('waits for a topic that is made later, and says what it waits for', async () => {
    const told: string[] = []
    const broker = await open(real.address, { onTrouble: (sentence) => told.push(sentence), onRecovered() {} })
    const reader = new KeepingReader()
    const joining = broker.join('later-group', ['later'], reader)
    await until(() => told.length > 0)
    expect(told).toEqual([
      `The topic later does not exist on ${real.address}: create it, or start whoever writes to it; it is tried again until it works.`,
    ])
    await broker.create('later', 1)
    await broker.send('later', [{ partition: 0, key: null, value: 'x' }])
    const member = await joining
    await until(() => reader.count === 1)
    await member.leave()
    await broker.close()
  }, 120_000)
})
