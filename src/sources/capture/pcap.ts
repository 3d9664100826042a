import type { ChunkCursor } from './chunk-cursor.ts'
import { fileUint32, uint32 } from './octets.ts'
import { PACKET_OCTETS_MAX, Packet, type PacketStream } from './packet-stream.ts'

const FILE_HEADER = 24
const RECORD_HEADER = 16
/** Records of Alexey Kuznetsov's libpcap patch carry interface, protocol and packet type behind the usual header. */
const MODIFIED_RECORD_HEADER = 24

/** Magic numbers read in network order; the swapped ones were written by little-endian machines. */
const MAGIC = {
  micro: 0xa1b2c3d4,
  microSwapped: 0xd4c3b2a1,
  nano: 0xa1b23c4d,
  nanoSwapped: 0x4d3cb2a1,
  modified: 0xa1b2cd34,
  modifiedSwapped: 0x34cdb2a1,
}

/** Whether these first octets open a pcap file. */
export function isPcap(bytes: Uint8Array, at: number): boolean {
  return Object.values(MAGIC).includes(uint32(bytes, at))
}

/**
 * Packets of a pcap file, in either byte order, micro- or nanoseconds, plain or "modified".
 *
 * ```
 * file:    magic 4 | version 2+2 | zone 4 | accuracy 4 | snap length 4 | FCS and link type 4
 * record:  seconds 4 | fraction 4 | captured length 4 | original length 4 | packet
 * ```
 * draft-ietf-opsawg-pcap. Seconds are unsigned, so that the format lasts until 2106. A captured length past
 * {@link PACKET_OCTETS_MAX} stops the file, since nothing tells where the next record starts; what came before stands.
 */
export class PcapStream implements PacketStream {
  readonly current = new Packet()
  private readonly cursor: ChunkCursor
  private readonly fail: (sentence: string) => void
  private readonly little: boolean
  private readonly recordHeader: number
  private readonly fractionsPerMs: number

  private constructor(cursor: ChunkCursor, fail: (sentence: string) => void) {
    this.cursor = cursor
    this.fail = fail
    const magic = uint32(cursor.bytes, cursor.at)
    this.little = magic === MAGIC.microSwapped || magic === MAGIC.nanoSwapped || magic === MAGIC.modifiedSwapped
    const modified = magic === MAGIC.modified || magic === MAGIC.modifiedSwapped
    this.recordHeader = modified ? MODIFIED_RECORD_HEADER : RECORD_HEADER
    this.fractionsPerMs = magic === MAGIC.nano || magic === MAGIC.nanoSwapped ? 1e6 : 1e3
    // The upper six bits say whether packets end in a frame check sequence: padding to us.
    this.current.linkType = fileUint32(cursor.bytes, cursor.at + 20, this.little) & 0x03ffffff
    cursor.at += FILE_HEADER
  }

  /** Reads the file header; undefined, and `fail` told, where the file ends in it. */
  static async open(cursor: ChunkCursor, fail: (sentence: string) => void): Promise<PcapStream | undefined> {
    if (await cursor.fill(FILE_HEADER)) return new PcapStream(cursor, fail)
    fail('ends inside its file header')
    return undefined
  }

  advance(): boolean | Promise<boolean> {
    const { cursor, little, current, recordHeader } = this
    if (cursor.end - cursor.at < recordHeader) return this.refill(recordHeader)
    const { bytes, at } = cursor
    const length = fileUint32(bytes, at + 8, little)
    if (length > PACKET_OCTETS_MAX) {
      this.fail(`is corrupt at octet ${cursor.offset}: a packet of ${length} octets`)
      return false
    }
    if (cursor.end - at < recordHeader + length) return this.refill(recordHeader + length)
    current.timeMs = fileUint32(bytes, at, little) * 1000 + fileUint32(bytes, at + 4, little) / this.fractionsPerMs
    current.data = bytes
    current.start = at + recordHeader
    current.length = length
    current.originalLength = fileUint32(bytes, at + 12, little)
    current.offset = cursor.offset
    cursor.at = at + recordHeader + length
    return true
  }

  private async refill(need: number): Promise<boolean> {
    if (await this.cursor.fill(need)) return this.advance()
    if (this.cursor.available > 0) {
      this.fail(`ends in the middle of the packet at octet ${this.cursor.offset}`)
    }
    return false
  }
}
