import type { Flow } from '../capture/flow.ts'
import type { TappedMessage } from './tapped-message.ts'

const DNS_PORT = 53
/** Protocols that are streams (dnstap.proto, SocketProtocol): TCP, DoT, DoH, DNSCrypt over TCP. */
const STREAMS = new Set([2, 3, 4, 6])

/** Says of a tapped message what a capture would: who sent it to whom, and when. */
export class TappedFlow {
  readonly flow: Flow
  /** Where clients last reached this server: unbound writes 0.0.0.0 for itself on its way up. */
  private readonly own = new Uint8Array(16)

  constructor(flow: Flow) {
    this.flow = flow
  }

  /** Fills the flow; false where the message has no time. */
  take(tapped: TappedMessage, position: number): boolean {
    const { flow } = this
    const asks = tapped.isQuery
    const timeMs = asks ? tapped.queryMs : tapped.responseMs
    const [client, resolver] = asks ? [flow.source, flow.destination] : [flow.destination, flow.source]
    copyAddress(tapped.bytes, tapped.queryAddress, client)
    copyAddress(tapped.bytes, tapped.responseAddress, resolver)
    if (!tapped.isUpstream) this.own.set(resolver)
    else if (isUnspecified(client)) client.set(this.own)
    // The role is the message's; that it carries DNS needs no port, and a server may listen on any.
    flow.sourcePort = asks ? tapped.queryPort : tapped.responsePort || DNS_PORT
    flow.destinationPort = asks ? tapped.responsePort || DNS_PORT : tapped.queryPort
    flow.tcp = STREAMS.has(tapped.protocol)
    flow.timeMs = timeMs
    flow.position = position
    return timeMs >= 0
  }
}

function copyAddress(bytes: Uint8Array, [start, end]: readonly [number, number], out: Uint8Array): void {
  out.fill(0)
  if (end - start === 16) out.set(bytes.subarray(start, end))
  if (end - start !== 4) return
  out.fill(0xff, 10, 12)
  out.set(bytes.subarray(start, end), 12)
}

function isUnspecified(address: Uint8Array): boolean {
  return address.every((octet, i) => octet === 0 || (octet === 0xff && (i === 10 || i === 11)))
}
