import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseKafkaAddress } from '../../src/broker/kafka/kafka-address.ts'
import { openKafka } from '../../src/broker/kafka/kafka-broker.ts'
import { temporaryFolder } from '../../src/datasets/manifest.testing.ts'
import { LEGACY_HEADER } from '../../src/features/legacy/columns.ts'
import { createRandom, randomInteger } from '../../src/stats/random.ts'
import { runHere } from '../cli/run-here.ts'
import { fetchedVersions, NO_BROKER, RealBroker } from './real-broker.ts'

const [version] = fetchedVersions().slice(-1)
const ROWS = 1200

it('has a broker to read a labelled stream from', ({ skip }) => {
  if (version !== undefined) return
  if (process.env.CI) throw new Error(NO_BROKER)
  console.warn(NO_BROKER)
  skip()
})

/** Rows of the original table: attacks have more digits. */
function legacyRows(): string[] {
  const random = createRandom(5)
  return Array.from({ length: ROWS }, () => {
    const digits = randomInteger(random, 16)
    return `58:50.7,24,7,0,10,${digits},2.05,6,6,7,3.1,4,224,11,1,${digits >= 8 ? 1 : 0}`
  })
}

describe.runIf(version !== undefined)('wakeful evaluate --stream kafka://', () => {
  let real: RealBroker
  const path = join(temporaryFolder(), 'legacy.csv')
  const header = `${LEGACY_HEADER.join(',')},Target Attack`

  beforeAll(async () => {
    real = await RealBroker.start(version)
    const rows = legacyRows()
    writeFileSync(path, [header, ...rows].join('\n'))
    const address = parseKafkaAddress(`kafka://${real.address}/labelled`)
    if (typeof address === 'string') throw new Error(address)
    const broker = await openKafka(address, {}, { onTrouble() {}, onRecovered() {} })
    await broker.create('labelled', 1)
    // As the original's producer sent them: JSON strings with their line ends, the header among them.
    const messages = [header, ...rows].map((row) => ({ partition: 0, key: null, value: JSON.stringify(`${row}\n`) }))
    await broker.send('labelled', messages)
    await broker.close()
  }, 120_000)
  afterAll(() => real?.stop())

  const words = ['--warmup', '200', '--window', '100', '--label-delay', '10s', '--dynamic', 'logistic-sgd']

  it('judges a topic as it judges the file of its rows', async () => {
    const run = (stream: string) => runHere(['evaluate', '--stream', stream, ...words, '--format', 'ndjson'])
    const [topic, file] = [await run(`kafka://${real.address}/labelled`), await run(path)]
    expect(topic).toEqual({ code: 0, out: file.out, err: '' })
    expect(topic.out).toContain('"what":"rows judged","value":"1,000"')
  }, 60_000)

  it('says in one sentence that there is no such topic', async () => {
    const { code, out, err } = await runHere(['evaluate', '--stream', `kafka://${real.address}/gone`, ...words])
    expect([code, out, err.trimEnd().split('\n').length]).toEqual([65, '', 1])
    expect(err).toContain('There is no topic gone')
  }, 60_000)
})
