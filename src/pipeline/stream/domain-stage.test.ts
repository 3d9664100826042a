import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { writeRow } from '../../batch/row-codec.ts'
import type { MemoryBroker } from '../../broker/memory-broker.ts'
import { CheckpointFolder } from './checkpoint-folder.ts'
import { lastRevisions, memoryStream, replayFiles, settled, TOPICS, textsIn, workerOf } from './stream.testing.ts'

const FILES = ['samples']
const PARTS = 4

/** What a stream said, whoever read it. */
async function run(workers: number, prepare: (broker: MemoryBroker) => Promise<unknown>): Promise<string[]> {
  const broker = await memoryStream(PARTS)
  await prepare(broker)
  const all = Array.from({ length: workers }, () => workerOf(broker, PARTS))
  for (const worker of all) await worker.join(broker)
  await broker.idle()
  for (const worker of all) await worker.drain()
  const texts = await textsIn(broker, TOPICS.results)
  await broker.close()
  return texts
}

const distinct = (texts: readonly string[]) => [...new Set(texts)].sort()
const incidents = (texts: readonly string[]) => [...lastRevisions(texts).values()].map((one) => JSON.stringify(one))

describe('detection on a stream', () => {
  let alone: string[]
  beforeAll(async () => {
    alone = await run(1, (broker) => replayFiles(FILES, broker, PARTS))
  })

  it('says of every message once how its domain stands, and finds what a scan finds', () => {
    const said = alone.map(
      (text) =>
        JSON.parse(text) as { kind: string; id: string; registeredDomain: string; label: string; severity?: string },
    )
    const predictions = said.filter(({ kind }) => kind === 'prediction')
    expect(new Set(predictions.map(({ id }) => id)).size).toBe(predictions.length)
    expect(predictions.length).toBe(5932)
    const alerts = [...lastRevisions(alone).values()].filter(({ severity }) => severity !== 'low')
    expect(alerts.map(({ registeredDomain }) => registeredDomain).sort()).toEqual([
      'golf.test',
      'jasper.example',
      'willow.example',
    ])
    expect(alerts.every(({ queriesBeforeAlert }) => Number(queriesBeforeAlert) <= 5)).toBe(true)
    const flagged = new Set(
      predictions.filter(({ label }) => label === 'malicious').map(({ registeredDomain }) => registeredDomain),
    )
    expect([...flagged].sort()).toEqual(['golf.test', 'jasper.example', 'willow.example'])
  })

  it('says the same with any number of workers, octet for octet', async () => {
    for (const workers of [2, 4]) {
      const texts = await run(workers, (broker) => replayFiles(FILES, broker, PARTS))
      // A partition that changes hands without a checkpoint is read again, and says the same again.
      expect(distinct(texts)).toEqual(distinct(alone))
    }
  })

  it('says the same of the compact form', async () => {
    const texts = await run(1, (broker) => replayFiles(FILES, broker, PARTS, writeRow))
    expect(incidents(texts)).toEqual(incidents(alone))
    expect(distinct(texts)).toEqual(distinct(alone))
  })

  it('goes on from a checkpoint made in the middle of a minute as if there had been no break', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wakeful-stage-'))
    try {
      const checkpoints = new CheckpointFolder(folder, { modelVersion: 'm', name: 'default', parts: PARTS })
      const broker = await memoryStream(PARTS)
      await replayFiles(FILES, broker, PARTS)
      for (let round = 0; round < 8; round++) {
        const worker = workerOf(broker, PARTS, checkpoints, 0)
        await worker.join(broker)
        await new Promise((done) => setTimeout(done, 5 * round))
        await worker.drain()
      }
      const worker = workerOf(broker, PARTS, checkpoints)
      await worker.join(broker)
      await settled(broker, TOPICS.results, 50)
      await broker.idle()
      await worker.drain()
      expect(distinct(await textsIn(broker, TOPICS.results))).toEqual(distinct(alone))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('sends what is no exchange to the dead letters, in its place, and goes on', async () => {
    const broker = await memoryStream(PARTS)
    const poison = [
      '',
      '{',
      '{"__proto__":{"qname":"x.example"}}',
      'process.exit(1)',
      '58:50.7,24,7,0,10,8,2.05,6,6,7,3.1,4,224,11,1,1',
    ]
    await broker.send(
      TOPICS.exchanges,
      poison.map((value, i) => ({ partition: i % PARTS, key: null, value })),
    )
    await replayFiles(FILES, broker, PARTS)
    const worker = workerOf(broker, PARTS)
    await worker.join(broker)
    await broker.idle()
    await worker.drain()
    expect(incidents(await textsIn(broker, TOPICS.results))).toEqual(incidents(alone))
    const letters = (await textsIn(broker, TOPICS.deadLetters)).map((text) => JSON.parse(text) as { reason: string })
    expect(letters.map(({ reason }) => reason).sort()).toEqual([
      'empty',
      'json-invalid',
      'legacy-without-model',
      'schema-unknown',
      'schema-unknown',
    ])
  })
})
