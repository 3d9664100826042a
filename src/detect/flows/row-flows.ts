import { TRANSPORT } from '../../batch/dns-batch.ts'
import { hashTuple } from '../../stats/flow-hash.ts'
import { hashed } from '../../stats/hash.ts'
import { type CanonicalBatch, NAME_CLASS } from '../canonical-batch.ts'
import type { FlowFacts } from './flow-tally.ts'

/** A flow of UDP is over after this long without a packet, as Zeek's udp_inactivity_timeout has it. */
const IDLE_MS = 60_000
/** Flows open at once; past that the one opened first is closed. */
const OPEN_MAX = 65_536
/** Octets of the headers of IP and UDP around a payload. */
const HEADERS_4 = 28
const HEADERS_6 = 48

/** A flow of DNS as its messages show it: one pair of ports and one registered domain, whose octets are then known to be its own. */
export interface RowFlow extends FlowFacts {
  readonly domainLo: number
  readonly domainHi: number
  readonly clientIpBytes: number
  readonly serverIpBytes: number
  /** Zeek's letters; of UDP only, as what else TCP says is not in a message. */
  readonly history: string
  readonly transport: number
  readonly isIpv6: boolean
}

interface Open {
  domainLo: number
  domainHi: number
  firstMs: number
  lastMs: number
  clientBytes: number
  serverBytes: number
  clientPackets: number
  serverPackets: number
  transport: number
  isIpv6: boolean
  queryFirst: boolean
}

/** Makes flows out of DNS messages whose sizes are known: of captures, where no conn.log was written. */
export class RowFlows {
  private readonly open = new Map<number, Open>()
  private readonly take: (flow: RowFlow) => void

  constructor(take: (flow: RowFlow) => void) {
    this.take = take
  }

  addRows({ batch, domainLo, domainHi, nameClass }: CanonicalBatch): void {
    const addresses = { client: batch.client, server: batch.resolver }
    for (let row = 0; row < batch.rows; row++) {
      const [asked, answered] = [batch.querySizeBytes[row], batch.responseSizeBytes[row]]
      if (asked + answered === 0 || nameClass[row] === NAME_CLASS.none) continue
      if (batch.transport[row] === TRANSPORT.multicast) continue
      hashTuple(addresses, row, batch.clientPort[row], batch.resolverPort[row], batch.transport[row])
      // 53 bits of ports and domain: two flows that share them all would be one domain's anyway.
      const key = ((hashed.lo ^ domainLo[row]) >>> 0) * 0x200000 + ((hashed.hi ^ domainHi[row]) & 0x1fffff)
      const timeMs = batch.timeMs[row]
      const flow = this.flowAt(key, timeMs) ?? this.start(key, timeMs, asked > 0)
      flow.domainLo = domainLo[row]
      flow.domainHi = domainHi[row]
      flow.transport = batch.transport[row]
      flow.isIpv6 = batch.client[row * 16] !== 0 || batch.client[row * 16 + 10] !== 0xff
      flow.clientBytes += asked
      flow.serverBytes += answered
      flow.clientPackets += asked > 0 ? 1 : 0
      flow.serverPackets += answered > 0 ? 1 : 0
      const roundTripMs = batch.roundTripMs[row]
      flow.lastMs = Math.max(flow.lastMs, timeMs + (roundTripMs > 0 ? roundTripMs : 0))
    }
  }

  /** Closes what is open; call it once, at the end. */
  finish(): void {
    for (const flow of this.open.values()) this.close(flow)
    this.open.clear()
  }

  private flowAt(key: number, timeMs: number): Open | undefined {
    const flow = this.open.get(key)
    if (flow === undefined || timeMs - flow.lastMs <= IDLE_MS) return flow
    this.close(flow)
    this.open.delete(key)
    return undefined
  }

  private start(key: number, timeMs: number, queryFirst: boolean): Open {
    if (this.open.size >= OPEN_MAX) {
      const [oldest, flow] = this.open.entries().next().value!
      this.close(flow)
      this.open.delete(oldest)
    }
    const none = { domainLo: 0, domainHi: 0, clientBytes: 0, serverBytes: 0, clientPackets: 0, serverPackets: 0 }
    const flow = { ...none, firstMs: timeMs, lastMs: timeMs, transport: 0, isIpv6: false, queryFirst }
    this.open.set(key, flow)
    return flow
  }

  private close(flow: Open): void {
    const { clientPackets, serverPackets, clientBytes, serverBytes, transport } = flow
    const udp = transport === TRANSPORT.udp
    const headers = flow.isIpv6 ? HEADERS_6 : HEADERS_4
    const letters = flow.queryFirst ? ['D', 'd'] : ['d', 'D']
    const said = letters.filter((letter) => (letter === 'D' ? clientPackets : serverPackets) > 0)
    this.take({
      ...{ domainLo: flow.domainLo, domainHi: flow.domainHi, timeMs: flow.firstMs, transport, isIpv6: flow.isIpv6 },
      ...{ clientBytes, serverBytes },
      // Where there was one packet there is no time between the first and the last.
      durationMs: clientPackets + serverPackets > 1 ? flow.lastMs - flow.firstMs : Number.NaN,
      // Segments of TCP are not messages, and handshakes are none at all.
      clientPackets: udp ? clientPackets : Number.NaN,
      serverPackets: udp ? serverPackets : Number.NaN,
      clientIpBytes: udp ? clientBytes + clientPackets * headers : Number.NaN,
      serverIpBytes: udp ? serverBytes + serverPackets * headers : Number.NaN,
      history: udp ? said.join('') : '',
    })
  }
}
