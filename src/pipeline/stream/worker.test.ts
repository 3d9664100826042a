import { describe, expect, it } from 'vitest'
import { MemoryBroker } from '../../broker/memory-broker.ts'
import { loadDetectionModel } from '../../detect/load-detection-model.ts'
import { detectionStages } from './detection-stages.ts'
import type { Outbox } from './outbox.ts'
import { TOPICS, unwatched } from './stream.testing.ts'
import type { StreamOutput } from './stream-output.ts'
import { StreamWorker } from './worker.ts'
import { WorkerStatus } from './worker-status.ts'

const UNREAD_MAX = 64
const MESSAGES = 5000

/** A sink that stands still until it is let go. */
class SlowOutput implements StreamOutput {
  /** Predictions written. */
  written = 0
  private open!: () => void
  private readonly gate = new Promise<void>((resolve) => {
    this.open = resolve
  })

  async write({ results }: Outbox): Promise<void> {
    await this.gate
    this.written += results.filter(({ value }) => String(value).startsWith('{"kind":"prediction"')).length
  }

  async close(): Promise<void> {}

  letGo(): void {
    this.open()
  }
}

describe('drill 10: a sink that stands still', () => {
  it('holds the source back: little waits, the lag says how much, and nothing is lost', async () => {
    const broker = new MemoryBroker({ unreadMax: UNREAD_MAX, now: () => Date.UTC(2026, 10, 1) })
    await broker.create(TOPICS.exchanges, 1)
    await broker.create(TOPICS.facts, 1)
    const output = new SlowOutput()
    const status = new WorkerStatus(() => {})
    const settings = { model: loadDetectionModel(), name: 'default', topic: TOPICS.exchanges, parts: 1 }
    const worker = new StreamWorker({
      ...detectionStages(settings, TOPICS),
      ...{ group: 'wakeful', checkpoints: undefined, checkpointMs: Number.POSITIVE_INFINITY, output },
      ...{ watcher: { ...unwatched, onTaken: status.onTaken.bind(status) }, now: Date.now },
    })
    await worker.join(broker)
    let sent = 0
    const source = (async () => {
      for (; sent < MESSAGES; sent++) {
        const value = JSON.stringify({ timeMs: sent, client: '10.0.0.1', qname: `h${sent}.site.example`, qtype: 'A' })
        await broker.send(TOPICS.exchanges, [{ partition: 0, key: null, value }])
      }
    })()
    await new Promise((done) => setTimeout(done, 300))
    // What was handed over before the sink stood still, and what may wait unread: no more was let in.
    expect(output.written).toBe(0)
    expect(sent).toBeLessThanOrEqual(2 * UNREAD_MAX + 1)
    output.letGo()
    await source
    await broker.idle()
    await worker.drain()
    expect(output.written).toBe(MESSAGES)
    expect(status.health).toMatchObject({ messages: MESSAGES, deadLetters: 0 })
    await broker.close()
  })
})
