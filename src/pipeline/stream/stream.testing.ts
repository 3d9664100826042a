import type { Broker } from '../../broker/broker.ts'
import { MemoryBroker } from '../../broker/memory-broker.ts'
import { loadDetectionModel } from '../../detect/load-detection-model.ts'
import { loadPublicSuffixes } from '../../dns/public-suffix.ts'
import { exchangeMessage } from '../../sinks/messages/exchange.ts'
import { openSources } from '../../sources/index.ts'
import { findInputs } from '../../sources/inputs/find-inputs.ts'
import { FILE_WATERMARK_MS, inOrder } from '../in-order.ts'
import { RESPONSE_WAIT_MS } from '../scan.ts'
import { BrokerOutput } from './broker-output.ts'
import type { CheckpointFolder } from './checkpoint-folder.ts'
import { detectionStages } from './detection-stages.ts'
import { Replay, type ReplayOptions } from './replay.ts'
import type { StageSettings } from './stage-settings.ts'
import { createOwnTopics, streamTopics } from './topics.ts'
import { StreamWorker } from './worker.ts'
import type { WorkerWatcher } from './worker-watcher.ts'

export const TOPICS = streamTopics('ml-raw-dns', 'ml-dns-predictions')

/** Watches nothing. */
export const unwatched: WorkerWatcher = { onAssigned() {}, onRevoked() {}, onTaken() {}, onDoubt() {} }

/** A broker in memory with the topics of a stream. */
export async function memoryStream(parts: number): Promise<MemoryBroker> {
  const broker = new MemoryBroker({ now: () => Date.UTC(2026, 10, 1) })
  await broker.create(TOPICS.exchanges, parts)
  await createOwnTopics(broker, broker, TOPICS, parts)
  return broker
}

/** Writes captures to the topic of the exchanges, as `wakeful replay` does. */
export async function replayFiles(
  paths: readonly string[],
  broker: Broker,
  parts: number,
  encode: ReplayOptions['encode'] = exchangeMessage,
): Promise<number> {
  const replay = new Replay({
    ...{ parts, suffixes: loadPublicSuffixes(), encode, pace: undefined, untimed: { startMs: 0, stepMs: 1 } },
    send: (messages) => broker.send(TOPICS.exchanges, messages),
  })
  const { signal } = new AbortController()
  const { timed } = await openSources(await findInputs(paths), { ports: [], responseWaitMs: RESPONSE_WAIT_MS })
  for await (const batch of inOrder(timed, FILE_WATERMARK_MS, signal)) await replay.write(batch)
  await replay.end()
  return replay.messages
}

/** A worker of the group `wakeful` with the shipped model. */
export function workerOf(broker: Broker, parts: number, checkpoints?: CheckpointFolder, checkpointMs = 1000) {
  return learnedWorkerOf(broker, parts, undefined, checkpoints, checkpointMs)
}

/** As {@link workerOf}, with versions that the log may name. */
export function learnedWorkerOf(
  broker: Broker,
  parts: number,
  learned: StageSettings['learned'],
  checkpoints?: CheckpointFolder,
  checkpointMs = 1000,
) {
  const settings = { model: loadDetectionModel(), name: 'default', topic: TOPICS.exchanges, parts, learned }
  return new StreamWorker({
    ...detectionStages(settings, TOPICS),
    ...{
      group: 'wakeful',
      checkpoints,
      checkpointMs,
      output: new BrokerOutput(broker, broker, TOPICS),
      watcher: unwatched,
      now: Date.now,
    },
  })
}

/** Everything in a topic, as text. */
export async function textsIn(broker: Broker, topic: string): Promise<string[]> {
  const texts: string[] = []
  for await (const { messages } of broker.readAll(topic)) {
    for (const { value } of messages) texts.push(Buffer.from(value!).toString())
  }
  return texts
}

/** Resolves when the topic has held as many messages as it does for `settledMs`. */
export async function settled(broker: Broker, topic: string, settledMs = 200): Promise<void> {
  let before = -1
  for (;;) {
    const now = (await broker.spans(topic))!.reduce((sum, { next }) => sum + next, 0)
    if (now === before) return
    before = now
    await new Promise((resolve) => setTimeout(resolve, settledMs))
  }
}

/** The last revision of each incident, by id. */
export function lastRevisions(texts: readonly string[]): Map<string, Record<string, unknown>> {
  const last = new Map<string, Record<string, unknown>>()
  for (const text of texts) {
    const said = JSON.parse(text) as Record<string, unknown>
    if (said.kind !== 'incident') continue
    const before = last.get(said.id as string)
    if (!before || (before.revision as number) <= (said.revision as number)) last.set(said.id as string, said)
  }
  return new Map([...last].sort(([a], [b]) => (a < b ? -1 : 1)))
}
