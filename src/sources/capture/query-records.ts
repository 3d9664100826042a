import { type DnsBatch, MARK, TRANSPORT, VANTAGE } from '../../batch/dns-batch.ts'
import { type DnsMessage, FLAG_RD } from '../../dns/message.ts'
import { foldWord } from '../../stats/fold-word.ts'
import type { Flow } from './flow.ts'
import { isMulticastDns } from './multicast.ts'

/**
 * Words of a record, and where in it they are; the first two are halves of doubles.
 *
 * ```
 * 0 time | 2 position | 4 client | 8 resolver | 12 id, type | 13 client's port, resolver's | 14 flags, class | 15 input
 * 16 size | 17 EDNS size, unknown octets | 18 padding, transport | 19 marks | 20 name length, labels | 24 name 64
 * ```
 */
const RECORD = 88
const POSITION_DOUBLE = 1
const CLIENT = 4
const RESOLVER = 8
const QUESTION = 12
const PORTS = 13
const FLAGS = 14
const INPUT = 15
const SIZE = 16
const EDNS = 17
const PADDING = 18
const MARKS = 19
const NAME_SIZE = 20
const NAME = 24

/**
 * What is known of an exchange before its response, one record of fixed width a slot: a query that waits is written once
 * and read once, and all of it lies together.
 */
export class QueryRecords {
  private readonly words: Int32Array
  private readonly doubles: Float64Array

  constructor(capacity: number) {
    this.words = new Int32Array(capacity * RECORD)
    this.doubles = new Float64Array(this.words.buffer)
  }

  /** Takes over all records of fewer. */
  adopt(from: QueryRecords): void {
    this.words.set(from.words)
  }

  timeMs(slot: number): number {
    return this.doubles[slot * (RECORD / 2)]
  }

  /**
   * Writes what query and response have in common, of whichever came first, and of a query (`asks`: the sender is the
   * client) its half of the row.
   */
  write(slot: number, flow: Flow, message: DnsMessage, sizeBytes: number, asks: boolean, marks: number): void {
    const { words, doubles } = this
    const at = slot * RECORD
    doubles[at / 2] = flow.timeMs
    doubles[at / 2 + POSITION_DOUBLE] = flow.position
    const client = asks ? flow.sourceWords : flow.destinationWords
    const resolver = asks ? flow.destinationWords : flow.sourceWords
    for (let i = 0; i < 4; i++) {
      words[at + CLIENT + i] = client[i]
      words[at + RESOLVER + i] = resolver[i]
    }
    words[at + QUESTION] = (message.id << 16) | message.qtype
    words[at + PORTS] = ports(flow, asks)
    words[at + FLAGS] = (message.flags << 16) | message.qclass
    words[at + INPUT] = flow.input
    const transport = isMulticastDns(flow.destination) ? TRANSPORT.multicast : flow.tcp ? TRANSPORT.tcp : TRANSPORT.udp
    words[at + SIZE] = asks ? sizeBytes : 0
    words[at + EDNS] = asks ? (message.ednsSizeBytes << 16) | clamped(message.ednsUnknownOctets) : 0
    words[at + PADDING] = ((asks ? clamped(message.paddingOctets) : 0) << 16) | transport
    const malformed = asks && message.malformed !== 0 ? MARK.malformed : 0
    words[at + MARKS] = marks | malformed | MARK.hasClient | (asks ? MARK.query : 0)
    words[at + NAME_SIZE] = (message.nameLength << 16) | message.labelCount
    const { nameWords } = message
    const end = (message.nameLength + 3) >> 2
    for (let i = 0; i < end; i++) words[at + NAME + i] = nameWords[i]
  }

  /** Whether the record is of the same client, resolver, id and question, whatever the ports and the name's case. */
  isQuestion(slot: number, flow: Flow, message: DnsMessage, asks: boolean): boolean {
    const { words } = this
    const at = slot * RECORD
    if (words[at + QUESTION] !== ((message.id << 16) | message.qtype)) return false
    if (words[at + NAME_SIZE] >>> 16 !== message.nameLength) return false
    const client = asks ? flow.sourceWords : flow.destinationWords
    const resolver = asks ? flow.destinationWords : flow.sourceWords
    for (let i = 0; i < 4; i++) {
      if (words[at + CLIENT + i] !== client[i] || words[at + RESOLVER + i] !== resolver[i]) return false
    }
    const { nameWords } = message
    const end = (message.nameLength + 3) >> 2
    for (let i = 0; i < end; i++) {
      const word = words[at + NAME + i]
      if (word !== nameWords[i] && foldWord(word) !== foldWord(nameWords[i])) return false
    }
    return true
  }

  /** As {@link isQuestion}, the ports too. */
  isExchange(slot: number, flow: Flow, message: DnsMessage, asks: boolean): boolean {
    return this.words[slot * RECORD + PORTS] === ports(flow, asks) && this.isQuestion(slot, flow, message, asks)
  }

  /** Appends the record to a batch, as a row without a response yet; returns the row. Its input is still a rank. */
  appendTo(batch: DnsBatch, slot: number): number {
    const { words, doubles } = this
    const at = slot * RECORD
    const row = batch.addRow()
    batch.timeMs[row] = doubles[at / 2]
    batch.position[row] = doubles[at / 2 + POSITION_DOUBLE]
    const { clientWords, resolverWords } = batch
    for (let i = 0; i < 4; i++) {
      clientWords[row * 4 + i] = words[at + CLIENT + i]
      resolverWords[row * 4 + i] = words[at + RESOLVER + i]
    }
    const flags = words[at + FLAGS] >>> 16
    const transport = words[at + PADDING] & 0xff
    batch.input[row] = words[at + INPUT]
    batch.qtype[row] = words[at + QUESTION]
    batch.resolverPort[row] = words[at + PORTS]
    batch.clientPort[row] = words[at + PORTS] >>> 16
    batch.flags[row] = flags
    batch.qclass[row] = words[at + FLAGS]
    batch.transport[row] = transport
    // A stub asks for recursion, a resolver on its way through the tree does not; a later stage knows more.
    const recursive = transport === TRANSPORT.multicast || (flags & FLAG_RD) !== 0
    batch.vantage[row] = recursive ? VANTAGE.clientSide : VANTAGE.resolverSide
    batch.querySizeBytes[row] = words[at + SIZE]
    batch.ednsSizeBytes[row] = words[at + EDNS] >>> 16
    batch.ednsUnknownOctets[row] = words[at + EDNS]
    batch.paddingOctets[row] = words[at + PADDING] >>> 16
    batch.marks[row] = words[at + MARKS]
    const nameSize = words[at + NAME_SIZE]
    batch.setNameWords(row, words, at + NAME, nameSize >>> 16, nameSize & 0xff)
    return row
  }
}

/** The client's port, then the resolver's. */
function ports(flow: Flow, asks: boolean): number {
  return asks ? (flow.sourcePort << 16) | flow.destinationPort : (flow.destinationPort << 16) | flow.sourcePort
}

/** Sums of two 16-bit counts: clamped, where the column would wrap. */
export function clamped(octets: number): number {
  return octets < 0xffff ? octets : 0xffff
}
