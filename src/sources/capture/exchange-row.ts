import { type DnsBatch, MARK, TRANSPORT, VANTAGE } from '../../batch/dns-batch.ts'
import { type DnsMessage, FLAG_RD, FLAG_TC } from '../../dns/message.ts'
import type { Flow } from './flow.ts'
import { isMulticastDns } from './multicast.ts'

/** Writes what query and response have in common, of whichever came first. `asks` says the sender is the client. */
export function writeSides(batch: DnsBatch, row: number, flow: Flow, message: DnsMessage, asks: boolean): void {
  const client = asks ? flow.source : flow.destination
  const resolver = asks ? flow.destination : flow.source
  const at = row * 16
  for (let i = 0; i < 16; i++) {
    batch.client[at + i] = client[i]
    batch.resolver[at + i] = resolver[i]
  }
  const multicast = isMulticastDns(flow.destination)
  batch.timeMs[row] = flow.timeMs
  batch.input[row] = flow.input
  batch.position[row] = flow.position
  batch.resolverPort[row] = asks ? flow.destinationPort : flow.sourcePort
  batch.transport[row] = multicast ? TRANSPORT.multicast : flow.tcp ? TRANSPORT.tcp : TRANSPORT.udp
  // A stub asks for recursion, a resolver on its way through the tree does not; a later stage knows more.
  const recursive = multicast || (message.flags & FLAG_RD) !== 0
  batch.vantage[row] = recursive ? VANTAGE.clientSide : VANTAGE.resolverSide
  batch.qtype[row] = message.qtype
  batch.qclass[row] = message.qclass
  batch.flags[row] = message.flags
  batch.marks[row] = MARK.hasClient
}

/** Adds the query half. */
export function writeQuery(batch: DnsBatch, row: number, message: DnsMessage, sizeBytes: number): void {
  batch.querySizeBytes[row] = sizeBytes
  batch.ednsSizeBytes[row] = message.ednsSizeBytes
  batch.marks[row] |= MARK.query
  writeShared(batch, row, message)
}

/** Adds the response half. EDNS size stays the query's, where there was one. */
export function writeResponse(batch: DnsBatch, row: number, message: DnsMessage, sizeBytes: number): void {
  batch.responseSizeBytes[row] = sizeBytes
  batch.rcode[row] = message.rcode
  batch.answerCount[row] = message.answerCount
  batch.answerAddressOctets[row] = message.answerOctets[0]
  batch.answerTextOctets[row] = message.answerOctets[1]
  batch.answerTargetOctets[row] = message.answerOctets[2]
  batch.answerRawOctets[row] = message.answerOctets[3]
  batch.answerHashLo[row] = message.answerHashLo
  batch.answerHashHi[row] = message.answerHashHi
  batch.ttlMinSeconds[row] = message.ttlMinSeconds
  if ((batch.marks[row] & MARK.query) === 0) batch.ednsSizeBytes[row] = message.ednsSizeBytes
  batch.marks[row] |= (message.flags & FLAG_TC) === 0 ? MARK.response : MARK.response | MARK.truncated
  writeShared(batch, row, message)
  let at = 0
  for (let t = 0; t < message.targetCount; t++) {
    batch.addTarget(row, message.targets, at, message.targetLengths[t])
    at += message.targetLengths[t]
  }
}

function writeShared(batch: DnsBatch, row: number, message: DnsMessage): void {
  // Sums of two 16-bit counts: clamped, where the column would wrap.
  batch.ednsUnknownOctets[row] = Math.min(0xffff, batch.ednsUnknownOctets[row] + message.ednsUnknownOctets)
  batch.paddingOctets[row] = Math.min(0xffff, batch.paddingOctets[row] + message.paddingOctets)
  if (message.malformed !== 0) batch.marks[row] |= MARK.malformed
}
