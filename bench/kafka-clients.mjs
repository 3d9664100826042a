#!/usr/bin/env node
// CPU time of two Kafka clients for a message produced and one consumed, against a real broker: `node bench/kafka-clients.mjs
// HOST:PORT`. Messages of 200 octets, a thousand a batch, one partition, acknowledged by all replicas.
import { performance } from 'node:perf_hooks'

const [address = process.env.KAFKA_BROKERS, count = '200000'] = process.argv.slice(2)
if (!address) {
  process.stderr.write('Say where the broker is: node bench/kafka-clients.mjs HOST:PORT [MESSAGES]\n')
  process.exit(64)
}
const MESSAGES = Number(count)
const BATCH = 1000
const value = Buffer.alloc(200, '{"qname":"www.example.test","qtype":"A","client":"192.0.2.7"} ')
const run = Date.now().toString(36)

/** CPU microseconds and milliseconds on the wall of some work, a message. */
async function measure(work) {
  const cpu = process.cpuUsage()
  const start = performance.now()
  await work()
  const { user, system } = process.cpuUsage(cpu)
  return { cpu: (user + system) / MESSAGES, wall: ((performance.now() - start) * 1000) / MESSAGES }
}

async function kafkajs() {
  const { Kafka, logLevel, CompressionTypes } = await import('kafkajs').then((module) => module.default)
  const kafka = new Kafka({ clientId: 'bench', brokers: [address], logLevel: logLevel.NOTHING })
  const topic = `kafkajs-${run}`
  const admin = kafka.admin()
  await admin.connect()
  await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true })
  await admin.disconnect()
  const producer = kafka.producer({ allowAutoTopicCreation: false })
  await producer.connect()
  const produced = async (compression, messages) => {
    for (let sent = 0; sent < messages; sent += BATCH) {
      await producer.send({
        topic,
        acks: -1,
        compression,
        messages: Array.from({ length: BATCH }, () => ({ partition: 0, value })),
      })
    }
  }
  const consumed = async (groupId, messages) => {
    const consumer = kafka.consumer({ groupId })
    await consumer.connect()
    await consumer.subscribe({ topic, fromBeginning: true })
    let seen = 0
    await new Promise((done) => {
      consumer.run({
        autoCommit: false,
        eachBatch: async ({ batch }) => {
          seen += batch.messages.length
          if (seen >= messages) done()
        },
      })
    })
    await consumer.disconnect()
  }
  await produced(CompressionTypes.None, 20_000)
  const produce = await measure(() => produced(CompressionTypes.None, MESSAGES))
  const gzip = await measure(() => produced(CompressionTypes.GZIP, MESSAGES))
  const consume = await measure(() => consumed(`g-${run}`, MESSAGES))
  await producer.disconnect()
  return { produce, gzip, consume }
}

async function platformatic() {
  const { Producer, Consumer, Admin } = await import('@platformatic/kafka')
  const base = { clientId: 'bench', bootstrapBrokers: [address], autocreateTopics: false }
  const topic = `platformatic-${run}`
  const admin = new Admin(base)
  await admin.createTopics({ topics: [topic], partitions: 1, replicas: 1 })
  await admin.close()
  const producer = new Producer(base)
  const produced = async (compression, messages) => {
    for (let sent = 0; sent < messages; sent += BATCH) {
      await producer.send({
        acks: -1,
        compression,
        messages: Array.from({ length: BATCH }, () => ({ topic, partition: 0, value })),
      })
    }
  }
  const consumed = async (groupId, messages) => {
    const consumer = new Consumer({ ...base, groupId, maxBytes: 8 * 1024 * 1024 })
    const stream = await consumer.consume({ topics: [topic], mode: 'earliest', autocommit: false })
    let seen = 0
    for await (const _ of stream) if (++seen >= messages) break
    await consumer.close(true)
  }
  await produced('none', 20_000)
  const produce = await measure(() => produced('none', MESSAGES))
  const gzip = await measure(() => produced('gzip', MESSAGES))
  const consume = await measure(() => consumed(`g-${run}`, MESSAGES))
  await producer.close(true)
  return { produce, gzip, consume }
}

const figures = { kafkajs: await kafkajs() }
try {
  figures.platformatic = await platformatic()
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
  process.stderr.write('@platformatic/kafka is not installed: npm install --no-save @platformatic/kafka@1.35.0\n')
}
const cell = ({ cpu, wall }) => `${cpu.toFixed(1)} us CPU (${wall.toFixed(1)} us)`
process.stdout.write('| client | produce | produce, gzip | consume |\n|---|---|---|---|\n')
for (const [name, { produce, gzip, consume }] of Object.entries(figures)) {
  process.stdout.write(`| ${name} | ${cell(produce)} | ${cell(gzip)} | ${cell(consume)} |\n`)
}
