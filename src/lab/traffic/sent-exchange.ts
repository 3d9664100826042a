import { randomInteger } from '../../stats/random.ts'
import { pick } from '../noise.ts'
import type { Endpoint } from '../wire/datagram.ts'
import { composeQuery, composeResponse } from '../wire/message.ts'
import type { TrafficExchange } from './exchange.ts'

/** An exchange as it goes over the wire. */
export interface SentExchange extends TrafficExchange {
  readonly from: Endpoint
  readonly to: Endpoint
  readonly id: number
  readonly query: Uint8Array
  /** None where nobody answers. */
  readonly response: Uint8Array | undefined
  readonly truncated: boolean
  readonly ttlSeconds: number
  readonly roundTripMs: number
  /** When the question was asked again, where the first answer did not come. */
  readonly againMs: number | undefined
}

const PORT_MIN = 49_152
const EDNS_OCTETS = 1232
/** What a client without EDNS can take (RFC 1035 4.2.1). */
const PLAIN_OCTETS = 512
const TTLS_SECONDS = [20, 60, 60, 300, 300, 3600]
const EDNS_SHARE = 0.5
const UNANSWERED = 0.02
const ASKED_AGAIN = 0.02
const MIXED_CASE = 0.08
const AGAIN_MS = 1000
const RESOLVERS: readonly Endpoint[] = [
  { address: '10.20.255.53', port: 53 },
  { address: '10.20.255.54', port: 53 },
]
const MULTICAST: Endpoint = { address: '224.0.0.251', port: 5353 }

/**
 * Gives an exchange all that is incidental: id, port, resolver, EDNS, TTL, delay, loss, the case of letters (as resolvers mix it).
 * Drawn alike for both classes and for every question anew, so that none of it can say which class a packet is of.
 */
export function sendExchange(exchange: TrafficExchange, random: () => number): SentExchange {
  const id = randomInteger(random, 0x10000)
  const port = PORT_MIN + randomInteger(random, 0x10000 - PORT_MIN)
  const to = exchange.multicast ? MULTICAST : pick(random, RESOLVERS)
  const ednsOctets = random() < EDNS_SHARE ? EDNS_OCTETS : undefined
  const ttlSeconds = pick(random, TTLS_SECONDS)
  const roundTripMs = 4 + 40 * -Math.log(1 - random())
  const isMixed = random() < MIXED_CASE
  const isLost = random() < UNANSWERED
  const isAgain = random() < ASKED_AGAIN
  const qname = isMixed ? mixCase(exchange.qname, random) : exchange.qname
  const { qtype, rcode, answers } = exchange
  const facts = { id, qname, qtype, ednsOctets }
  let response: Uint8Array | undefined
  let truncated = false
  if (answers !== undefined && !isLost) {
    response = composeResponse({ ...facts, rcode, ttlSeconds, answers })
    truncated = response.length > (ednsOctets ?? PLAIN_OCTETS)
    if (truncated) response = composeResponse({ ...facts, rcode, ttlSeconds, answers, truncated })
  }
  const from = { address: clientAddress(exchange.client), port: exchange.multicast ? MULTICAST.port : port }
  const againMs = isAgain && !exchange.multicast ? exchange.timeMs + AGAIN_MS : undefined
  return {
    ...{ ...exchange, qname, from, to, id, query: composeQuery(facts), response, truncated, ttlSeconds, roundTripMs },
    againMs,
  }
}

export function clientAddress(rank: number): string {
  return `10.20.${Math.floor(rank / 200)}.${10 + (rank % 200)}`
}

/** Letters in either case by chance, where none was a capital: what has a meaning for a tool is left as it is. */
function mixCase(qname: string, random: () => number): string {
  if (qname !== qname.toLowerCase() || qname.includes('\\')) return qname
  return qname.replace(/[a-z]/g, (letter) => (random() < 0.5 ? letter.toUpperCase() : letter))
}
