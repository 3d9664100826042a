import type { Outgoing } from '../../broker/broker.ts'
import { partitionOfKey } from '../../broker/partition-of-key.ts'
import { createRandom, randomInteger } from '../../stats/random.ts'

const HOUR = 3_600_000
const START = Date.UTC(2026, 9, 20)

/** What a day brings: a site that many ask, and of late a tunnel. */
export function days(
  span: readonly number[],
  tunnels: number,
  seed: number,
  parts: number,
  startMs: number = START,
): Outgoing[] {
  const random = createRandom(seed)
  const letters = (count: number, alphabet: string) =>
    Array.from({ length: count }, () => alphabet[randomInteger(random, alphabet.length)]).join('')
  const rows: { timeMs: number; client: string; qname: string; domain: string }[] = []
  for (const day of span) {
    const from = startMs + day * 24 * HOUR
    for (let site = 0; site < 20; site++) {
      for (let ask = 0; ask < 12; ask++) {
        const client = `10.0.0.${1 + (ask % 4)}`
        const qname = `${['www', 'img', 'api', 'cdn'][ask % 4]}${day}-${ask}-${letters(6, 'abcdefghij')}.site${site}.example`
        rows.push({ timeMs: from + random() * 20 * HOUR, client, qname, domain: `site${site}.example` })
      }
    }
    for (let tunnel = 0; tunnel < tunnels; tunnel++) {
      const domain = `t${seed}-${day}-${tunnel}.test`
      const begins = from + random() * 20 * HOUR
      for (let i = 0; i < 110; i++) {
        const qname = `${letters(40, 'abcdefghijklmnopqrstuvwxyz234567')}.${domain}`
        rows.push({ timeMs: begins + i * 3000, client: `10.0.1.${1 + tunnel}`, qname, domain })
      }
    }
  }
  rows.sort((a, b) => a.timeMs - b.timeMs)
  return rows.map(({ domain, ...row }) => ({
    partition: partitionOfKey(Buffer.from(domain), parts),
    key: domain,
    value: JSON.stringify({ ...row, resolver: '10.0.0.53', qtype: 'A', rcode: 0, answers: ['10.9.9.9'] }),
  }))
}
