import { randomInteger } from '../../stats/random.ts'
import type { EncodedName, Encoder } from '../encoders/index.ts'
import { NOERROR } from '../lookups/lookup.ts'
import { composeName } from '../names.ts'
import { pick, randomText } from '../noise.ts'
import { makePayload, payloadKinds } from '../payload.ts'
import { words } from '../words.ts'
import { CARRIER_TYPES, carrierAnswer, octetsCarried, plainAnswer } from './answers.ts'
import type { TrafficExchange } from './exchange.ts'
import type { TrafficPlan } from './plan.ts'

/** Questions of a transfer at most: more say the same again. */
const QUESTIONS_MAX = 600
const BASE36 = 'abcdefghijklmnopqrstuvwxyz0123456789'
const HOSTS = ['www', 'mail', 'api', 'cdn', 'static', 'login', 'img', 'ns1']
/** Least and greatest rate that is drawn, in questions a second. */
const RATE_MIN = 0.2
const RATE_MAX = 20

/** One transfer: who sends what, by which encoder, from when on. */
export interface TransferOrder {
  readonly id: string
  readonly style: string
  readonly encoder: Encoder
  readonly startMs: number
  readonly endMs: number
  /** Ranks of the clients that send. */
  readonly clients: readonly number[]
  readonly down: boolean
}

/** The exchanges of a transfer in order of time. A transfer that the end of the capture cuts short stays cut. */
export function makeTransfer(order: TransferOrder, plan: TrafficPlan, random: () => number): TrafficExchange[] {
  const { encoder, id, style, startMs, endMs, clients, down } = order
  const rate = plan.rate ?? RATE_MIN * (RATE_MAX / RATE_MIN) ** random()
  const room = Math.min(QUESTIONS_MAX, Math.max(1, Math.floor(((endMs - startMs) / 1000) * rate)))
  const zones = zonesOf(plan.domains, random)
  const asked = down ? polls(room, zones[0], random) : sent(encoder, room, zones[0], random)
  const made: TrafficExchange[] = []
  let timeMs = startMs
  let due = 0
  for (const [i, { qname, qtype: own, payloadOctets }] of asked.entries()) {
    for (due += plan.decoys; due >= 1; due--) {
      made.push(decoy(order, clients[made.length % clients.length], timeMs, pick(random, zones), random))
    }
    const zone = zones[i % zones.length]
    const qtype = plan.qtypes.length > 0 ? pick(random, plan.qtypes) : down && !CARRIER_TYPES.includes(own) ? 16 : own
    const carried = down ? 1 + randomInteger(random, octetsCarried(qtype)) : 0
    const answers = down
      ? carrierAnswer(qtype, makePayload('random', carried, random), zone)
      : plainAnswer(qtype, 4, qname, random)
    made.push({
      ...{ timeMs, client: clients[i % clients.length], qtype, rcode: NOERROR, answers },
      qname: under(qname, zones[0], zone),
      transfer: { id, style, payloadOctets: down ? carried : payloadOctets, decoy: false },
    })
    // Waiting times of a Poisson process: a fixed gap would be a mark of its own.
    timeMs += (-Math.log(1 - random()) * 1000) / rate
    if (timeMs >= endMs) break
  }
  return made
}

/** Zones of one length, so that a name fits under each where it fits under one. */
function zonesOf(count: number, random: () => number): string[] {
  const base = `${pick(random, words)}-${pick(random, words)}`
  const top = pick(random, ['test', 'example', 'invalid'])
  if (count === 1) return [`${base}.${top}`]
  const width = String(count).length
  return Array.from({ length: count }, (_, i) => `${base}${String(i).padStart(width, '0')}.${top}`)
}

function sent(encoder: Encoder, room: number, zone: string, random: () => number): EncodedName[] {
  const octets = Math.max(64, Math.ceil(room * encoder.payloadOctetsAName))
  const payload = makePayload(pick(random, payloadKinds), Math.min(octets, 1 << 20), random)
  return encoder.encode(payload, zone, random).slice(0, room)
}

/** Questions that say only that somebody waits for the next piece: a counter, and something no cache has seen. */
function polls(room: number, zone: string, random: () => number): EncodedName[] {
  const types = [16, 16, 10, 5]
  return Array.from({ length: room }, (_, i) => ({
    qname: composeName([i.toString(36).padStart(4, '0') + randomText(random, 4, BASE36)], zone),
    qtype: pick(random, types),
    payloadOctets: 0,
  }))
}

function decoy(
  { id, style }: TransferOrder,
  client: number,
  timeMs: number,
  zone: string,
  random: () => number,
): TrafficExchange {
  const qname = composeName([pick(random, HOSTS)], zone)
  const answers = plainAnswer(1, 4, qname, random)
  const transfer = { id, style, payloadOctets: 0, decoy: true }
  return { timeMs, client, qname, qtype: 1, rcode: NOERROR, answers, transfer }
}

function under(qname: string, from: string, to: string): string {
  return from === to ? qname : `${qname.slice(0, qname.length - from.length)}${to}`
}
