import { TRANSPORT } from '../../batch/dns-batch.ts'
import { hashTuple } from '../../stats/flow-hash.ts'
import { hashed } from '../../stats/hash.ts'
import { type CanonicalBatch, NAME_CLASS } from '../canonical-batch.ts'
import type { FlowFacts } from './flow-tally.ts'

/** A flow of UDP is over after this long without a packet, as Zeek's udp_inactivity_timeout has it. */
const IDLE_MS = 60_000
/** Flows open at once, a power of two, and places tried for one. */
const OPEN_MAX = 65_536
const PROBES = 8
/** Octets of the headers of IP and UDP around a payload. */
const HEADERS_4 = 28
const HEADERS_6 = 48

/** A flow of DNS as its messages show it: one pair of ports and one registered domain, whose octets are then known to be its own. Valid while it is handed out. */
export interface RowFlow extends FlowFacts {
  readonly domainLo: number
  readonly domainHi: number
  readonly clientPackets: number
  readonly serverPackets: number
  readonly clientIpBytes: number
  readonly serverIpBytes: number
  /** Zeek's letters; of UDP only, as what else TCP says is not in a message. */
  readonly history: string
  readonly transport: number
  readonly isIpv6: boolean
}

/** What a place of the table holds besides numbers. */
const FLAG = { used: 1, ipv6: 2, queryFirst: 4 } as const

/**
 * Makes flows out of DNS messages whose sizes are known: of captures, where no conn.log was written. Open flows live in a table of fixed
 * size; where a bucket is full, the flow that was silent longest is closed.
 */
export class RowFlows {
  private readonly take: (flow: RowFlow) => void
  /** Handed out and used again: a capture has as many flows as questions. */
  private readonly flow = {
    ...{ domainLo: 0, domainHi: 0, timeMs: 0, durationMs: 0, clientBytes: 0, serverBytes: 0, clientPackets: 0 },
    ...{ serverPackets: 0, clientIpBytes: 0, serverIpBytes: 0, history: '', transport: 0, isIpv6: false },
  }
  private readonly keyLo = new Uint32Array(OPEN_MAX)
  private readonly keyHi = new Uint32Array(OPEN_MAX)
  private readonly domainLo = new Uint32Array(OPEN_MAX)
  private readonly domainHi = new Uint32Array(OPEN_MAX)
  private readonly firstMs = new Float64Array(OPEN_MAX)
  private readonly lastMs = new Float64Array(OPEN_MAX)
  private readonly clientBytes = new Float64Array(OPEN_MAX)
  private readonly serverBytes = new Float64Array(OPEN_MAX)
  private readonly clientPackets = new Uint32Array(OPEN_MAX)
  private readonly serverPackets = new Uint32Array(OPEN_MAX)
  private readonly transport = new Uint8Array(OPEN_MAX)
  private readonly flags = new Uint8Array(OPEN_MAX)

  constructor(take: (flow: RowFlow) => void) {
    this.take = take
  }

  addRows({ batch, domainLo, domainHi, nameClass }: CanonicalBatch): void {
    const { clientWords, resolverWords, clientPort, resolverPort, transport, querySizeBytes, responseSizeBytes } = batch
    for (let row = 0; row < batch.rows; row++) {
      const asked = querySizeBytes[row]
      const answered = responseSizeBytes[row]
      if (asked + answered === 0 || nameClass[row] === NAME_CLASS.none) continue
      if (transport[row] === TRANSPORT.multicast) continue
      hashTuple(clientWords, resolverWords, row, clientPort[row], resolverPort[row], transport[row])
      const timeMs = batch.timeMs[row]
      const at = this.placeOf(hashed.lo ^ domainLo[row], hashed.hi ^ domainHi[row], timeMs, asked > 0)
      this.domainLo[at] = domainLo[row]
      this.domainHi[at] = domainHi[row]
      this.transport[at] = transport[row]
      if (batch.client[row * 16] !== 0 || batch.client[row * 16 + 10] !== 0xff) this.flags[at] |= FLAG.ipv6
      this.clientBytes[at] += asked
      this.serverBytes[at] += answered
      if (asked > 0) this.clientPackets[at]++
      if (answered > 0) this.serverPackets[at]++
      const roundTripMs = batch.roundTripMs[row]
      this.lastMs[at] = Math.max(this.lastMs[at], roundTripMs > 0 ? timeMs + roundTripMs : timeMs)
    }
  }

  /** Closes what is open; call it once, at the end. */
  finish(): void {
    for (let at = 0; at < OPEN_MAX; at++) if (this.flags[at] !== 0) this.close(at)
  }

  /** The place of the flow of this key; of a new one where there is none, or where the old one was silent too long. */
  private placeOf(lo: number, hi: number, timeMs: number, queryFirst: boolean): number {
    const keyLo = lo >>> 0
    const keyHi = hi >>> 0
    let free = keyLo & (OPEN_MAX - 1)
    for (let i = 0; i < PROBES; i++) {
      const at = (keyLo + i) & (OPEN_MAX - 1)
      if (this.flags[at] === 0) {
        free = at
        break
      }
      if (this.keyLo[at] === keyLo && this.keyHi[at] === keyHi) {
        if (timeMs - this.lastMs[at] <= IDLE_MS) return at
        free = at
        break
      }
      if (this.lastMs[at] < this.lastMs[free]) free = at
    }
    if (this.flags[free] !== 0) this.close(free)
    this.keyLo[free] = keyLo
    this.keyHi[free] = keyHi
    this.firstMs[free] = this.lastMs[free] = timeMs
    this.clientBytes[free] = this.serverBytes[free] = 0
    this.clientPackets[free] = this.serverPackets[free] = 0
    this.flags[free] = FLAG.used | (queryFirst ? FLAG.queryFirst : 0)
    return free
  }

  private close(at: number): void {
    const flags = this.flags[at]
    const clientPackets = this.clientPackets[at]
    const serverPackets = this.serverPackets[at]
    const clientBytes = this.clientBytes[at]
    const serverBytes = this.serverBytes[at]
    const transport = this.transport[at]
    const isIpv6 = (flags & FLAG.ipv6) !== 0
    const udp = transport === TRANSPORT.udp
    const headers = isIpv6 ? HEADERS_6 : HEADERS_4
    this.flags[at] = 0
    const { flow } = this
    flow.domainLo = this.domainLo[at]
    flow.domainHi = this.domainHi[at]
    flow.timeMs = this.firstMs[at]
    flow.transport = transport
    flow.isIpv6 = isIpv6
    flow.clientBytes = clientBytes
    flow.serverBytes = serverBytes
    // Where there was one packet there is no time between the first and the last.
    flow.durationMs = clientPackets + serverPackets > 1 ? this.lastMs[at] - this.firstMs[at] : Number.NaN
    // Segments of TCP are not messages, and handshakes are none at all.
    flow.clientPackets = udp ? clientPackets : Number.NaN
    flow.serverPackets = udp ? serverPackets : Number.NaN
    flow.clientIpBytes = udp ? clientBytes + clientPackets * headers : Number.NaN
    flow.serverIpBytes = udp ? serverBytes + serverPackets * headers : Number.NaN
    flow.history = udp ? historyOf(clientPackets, serverPackets, (flags & FLAG.queryFirst) !== 0) : ''
    this.take(flow)
  }
}

/** Zeek's letters of a flow of UDP: who sent anything, the first to do so first. */
function historyOf(clientPackets: number, serverPackets: number, queryFirst: boolean): string {
  if (clientPackets === 0 || serverPackets === 0) return clientPackets > 0 ? 'D' : 'd'
  return queryFirst ? 'Dd' : 'dD'
}
