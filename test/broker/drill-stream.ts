import type { Broker, Outgoing } from '../../src/broker/broker.ts'
import { partitionOfKey } from '../../src/broker/partition-of-key.ts'
import { markerMessage } from '../../src/sinks/messages/marker.ts'
import { createRandom } from '../../src/stats/random.ts'

const START_MS = Date.UTC(2026, 9, 1)
const STEP_MS = 4
/** Values that are no exchanges, each of which must end among the dead letters (D, L and S of hostile input). */
export const POISON: readonly (Uint8Array | string)[] = [
  '',
  '{"qname":"cut',
  '['.repeat(100_000),
  '{"__proto__":{"qname":"polluted.example"},"constructor":1}',
  Uint8Array.of(0x7b, 0xff, 0xfe, 0x22),
  Uint8Array.of(0xd1, 1, 255, 0, 0, 0, 0, 0),
  'require("child_process").exec("true")',
  '{"qname":1e400}',
  'null',
]

/** One client over its part of the stream. */
type Voice = (random: () => number, i: number) => { client: string; qname: string; key: string; qtype: string }

const hex = (random: () => number, length: number) =>
  Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('')
const tunnel =
  (domain: string, client: string): Voice =>
  (random) => ({
    ...{ client, qname: `${hex(random, 48)}.${domain}`, key: domain, qtype: 'TXT' },
  })
const host = (random: () => number) => `10.0.${Math.floor(random() * 4)}.${1 + Math.floor(random() * 200)}`

const VOICES: readonly (readonly [number, Voice])[] = [
  ...[0, 1, 2, 3, 4, 5].map((n) => [0.004, tunnel(`tunnel${n}.example`, `10.9.0.${n + 1}`)] as const),
  // A tunnel that rotates through domains of its own: seen by the client stage alone.
  [
    0.004,
    (random) => {
      const key = `r${Math.floor(random() * 400)}.test`
      return { client: '10.9.1.1', qname: `${hex(random, 30)}.${key}`, key, qtype: 'A' }
    },
  ],
  // One that invents top-level names.
  [
    0.003,
    (random) => {
      const key = `${hex(random, 20)}.${hex(random, 8)}x`
      return { client: '10.9.1.2', qname: `${hex(random, 40)}.${key}`, key, qtype: 'A' }
    },
  ],
  [
    1,
    (random) => {
      const key = `site${Math.floor(3000 * random() ** 2)}.example`
      return {
        client: host(random),
        qname: `${['www', 'api', 'cdn', 'mail'][Math.floor(random() * 4)]}.${key}`,
        key,
        qtype: 'A',
      }
    },
  ],
]

/** The `count` exchanges of a made-up network, in order of time: benign names, tunnels on domains of their own, and two that rotate. */
export function* drillMessages(count: number, parts: number, seed: number): Generator<Outgoing> {
  const random = createRandom(seed)
  for (let i = 0; i < count; i++) {
    let draw = random()
    const [, voice] = VOICES.find(([share]) => (draw -= share) < 0) ?? VOICES[VOICES.length - 1]
    const { client, qname, key, qtype } = voice(random, i)
    const value = JSON.stringify({
      ...{ timeMs: START_MS + i * STEP_MS, client, resolver: '10.0.0.53', qname, qtype, rcode: 'NOERROR' },
      ...{ answers: qtype === 'A' ? ['192.0.2.1'] : ['TXT 6 abcdef'], querySizeBytes: 60, responseSizeBytes: 90 },
    })
    yield { partition: partitionOfKey(key, parts), key, value }
    // Markers at each second keep minutes closing in partitions that are quiet.
    if (i % 15_000 === 14_999) {
      for (let partition = 0; partition < parts; partition++) yield marker(partition, i, false)
    }
  }
  for (let partition = 0; partition < parts; partition++) yield marker(partition, count, true)
}

function marker(partition: number, i: number, end: boolean): Outgoing {
  return { partition, key: null, value: markerMessage(START_MS + i * STEP_MS, end) }
}

/** Writes the messages to a topic of a broker. */
export async function produce(broker: Broker, topic: string, messages: Iterable<Outgoing>): Promise<void> {
  let waiting: Outgoing[] = []
  for (const message of messages) {
    waiting.push(message)
    if (waiting.length < 4000) continue
    await broker.send(topic, waiting)
    waiting = []
  }
  if (waiting.length > 0) await broker.send(topic, waiting)
}
