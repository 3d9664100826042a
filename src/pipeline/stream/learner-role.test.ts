import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LearnedVersion } from '../../adapt/learned-version.ts'
import { VerdictJournal } from '../../adapt/verdict-journal.ts'
import { VersionFolder } from '../../adapt/version-folder.ts'
import type { MemoryBroker } from '../../broker/memory-broker.ts'
import { loadDetectionModel } from '../../detect/load-detection-model.ts'
import { armFeatures } from '../../features/query/index.ts'
import { CheckpointFolder } from './checkpoint-folder.ts'
import { days } from './learned-days.testing.ts'
import { LearnerRole } from './learner-role.ts'
import { lastRevisions, learnedWorkerOf, memoryStream, TOPICS, textsIn, unwatched } from './stream.testing.ts'
import { StreamWorker } from './worker.ts'

const PARTS = 2
const FEATURES = armFeatures('answers').map(({ name }) => name)
const model = loadDetectionModel()

/** Made once: three tests look at the same log. */
let shared: { readonly folder: string; readonly broker: MemoryBroker } & Awaited<ReturnType<typeof promoted>>
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wakeful-learner-'))
  const broker = await memoryStream(PARTS)
  shared = { folder, broker, ...(await promoted(broker)) }
  await shared.end()
}, 60_000)
afterAll(() => rmSync(shared.folder, { recursive: true, force: true }))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wakeful-learner-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function learning(broker: MemoryBroker, promotes = false) {
  const said: string[] = []
  const versions = new VersionFolder(join(folder, 'learned'))
  const verdicts = new VerdictJournal(join(folder, 'verdicts.ndjson'))
  const checkpoints = new CheckpointFolder(join(folder, 'learner'), {
    modelVersion: 'm',
    name: 'default',
    parts: PARTS,
  })
  const role = new LearnerRole({
    ...{ model, name: 'default', topic: TOPICS.exchanges, parts: PARTS, versions, verdicts, checkpoints, promotes },
    ...{ learner: 'adaptive-forest', seed: 1, labelsAVersion: 60, say: (sentence) => void said.push(sentence) },
    ...{ learned: loaderOf(versions), today: () => '2026-11-26T00:00:00.000Z' },
  })
  const worker = new StreamWorker({
    ...{ topics: role.topics, stageOf: role.stageOf, group: 'learner', checkpoints, checkpointMs: 0 },
    ...{ output: { async write() {}, async close() {} }, watcher: unwatched, now: Date.now },
  })
  await worker.join(broker)
  const end = async () => {
    await worker.drain()
    role.save()
  }
  return { role, versions, verdicts, said, end }
}

const loaderOf = (versions: VersionFolder) => (version: string) =>
  LearnedVersion.decode(versions.read(version), version, FEATURES)

/** What the workers say of all that the topic holds. */
async function detected(broker: MemoryBroker, learned: (version: string) => LearnedVersion | undefined) {
  const worker = learnedWorkerOf(broker, PARTS, learned)
  await worker.join(broker)
  await broker.idle()
  await worker.drain()
  return await textsIn(broker, TOPICS.results)
}

/** Six days with tunnels, read by the learner; and a seventh after it named its version. */
async function promoted(broker: MemoryBroker) {
  const all = await learning(broker, true)
  for (const [span, seed] of [
    [[0, 1, 2], 1],
    [[3, 4, 5], 2],
  ] as const) {
    await broker.send(TOPICS.exchanges, days(span, 3, seed, PARTS))
    await broker.idle()
    await all.role.tick(broker)
  }
  await all.role.tick(broker)
  await broker.send(TOPICS.exchanges, days([6], 3, 3, PARTS))
  await broker.idle()
  return all
}

const alertsIn = (texts: readonly string[]) =>
  [...lastRevisions(texts).values()].filter(({ severity }) => severity !== 'low')
const isLearned = ({ detectors }: Record<string, unknown>) =>
  (detectors as { name: string }[]).some(({ name }) => name === 'learned')

describe('the role that learns', () => {
  it('makes a version, judges it where it stands, and names it in the log for the workers to follow', async () => {
    const { role, versions, said } = shared
    const broker = await copyOf(shared.broker)
    const { taught, standing } = role.health
    expect(taught.bySource.confirmed).toBe(420)
    expect(taught.bySource['long-lived']).toBeGreaterThan(0)
    expect(said.join('\n')).toContain('stands beside the model that ships')
    expect(said.join('\n')).toContain('has the say')
    expect(standing.current).toMatch(/^[0-9a-f]{16}$/)
    // What comes after the version was named is judged by it: a tunnel is called before the frozen model calls it.
    const alerts = alertsIn(await detected(broker, loaderOf(versions)))
    const frozen = alertsIn(await detected(await copyOf(broker), () => undefined))
    const domains = (found: Record<string, unknown>[]) => found.map(({ registeredDomain }) => registeredDomain).sort()
    expect(domains(alerts)).toEqual(domains(frozen))
    const early = alerts.filter(isLearned)
    expect(early.length).toBeGreaterThan(0)
    for (const { id, queriesBeforeAlert } of early) {
      const before = frozen.find((other) => other.id === id)!
      expect(Number(queriesBeforeAlert)).toBeLessThan(Number(before.queriesBeforeAlert))
    }
  })

  it('is followed by any number of workers, checkpoints or none, octet for octet', async () => {
    const { versions } = shared
    const broker = await copyOf(shared.broker)
    const alone = await detected(broker, loaderOf(versions))
    const copy = await copyOf(broker)
    const checkpoints = new CheckpointFolder(join(folder, 'state'), {
      modelVersion: 'm',
      name: 'default',
      parts: PARTS,
    })
    for (let round = 0; round < 6; round++) {
      const workers = [0, 1].map(() => learnedWorkerOf(copy, PARTS, loaderOf(versions), checkpoints, 0))
      for (const worker of workers) await worker.join(copy)
      await (round < 5 ? new Promise((done) => setTimeout(done, 20 * round)) : copy.idle())
      for (const worker of workers) await worker.drain()
    }
    const distinct = (texts: readonly string[]) => [...new Set(texts)].sort()
    expect(distinct(await textsIn(copy, TOPICS.results))).toEqual(distinct(alone))
  })

  it('keeps the version before where one cannot be read, and forgets it where the log says none (drill 11)', async () => {
    const { broker, versions } = shared
    const { current } = versions.standing()
    const asked: string[] = []
    const load = (version: string) => {
      asked.push(version)
      return version === current ? loaderOf(versions)(version) : undefined
    }
    const named = async (value: string) => {
      const copy = await copyOf(broker)
      await copy.send(
        TOPICS.exchanges,
        [0, 1].map((partition) => ({ partition, key: null, value })),
      )
      await copy.send(TOPICS.exchanges, days([8], 6, 9, PARTS))
      return alertsIn(await detected(copy, load)).filter(
        (alert) => String(alert.registeredDomain).startsWith('t9-') && isLearned(alert),
      )
    }
    expect((await named('{"kind":"version","learned":"00000000000000aa","fromMs":0}')).length).toBeGreaterThan(0)
    expect(asked).toContain('00000000000000aa')
    expect(await named('{"kind":"version","learned":null,"fromMs":0}')).toEqual([])
  })

  it('hears what people say of incidents, whenever they do, and goes on after an end', async () => {
    const broker = await memoryStream(PARTS)
    await broker.send(TOPICS.exchanges, days([0, 1, 2], 3, 1, PARTS))
    const first = await learning(broker)
    await broker.idle()
    const [alert] = alertsIn(await detected(await copyOf(broker), () => undefined))
    const at = '2026-11-26T00:00:00.000Z'
    first.verdicts.append({ incident: String(alert.id), verdict: 'benign', at, by: 'anna' })
    first.verdicts.append({ incident: '00000000000000aa', verdict: 'malicious', at, by: '' })
    await first.role.tick(broker)
    expect(first.role.health.taught.bySource.verdict).toBe(4)
    await first.end()
    const second = await learning(broker)
    expect(second.role.health).toEqual(first.role.health)
    await broker.idle()
    await second.role.tick(broker)
    expect(second.role.health.taught).toEqual(first.role.health.taught)
    await second.end()
  })
})

/** Another broker with the same exchanges. */
async function copyOf(broker: MemoryBroker): Promise<MemoryBroker> {
  const copy = await memoryStream(PARTS)
  for await (const { partition, messages } of broker.readAll(TOPICS.exchanges)) {
    await copy.send(
      TOPICS.exchanges,
      messages.map(({ key, value }) => ({ partition, key, value })),
    )
  }
  return copy
}
