import type { ChunkCursor } from './chunk-cursor.ts'
import { fileUint16, fileUint32, uint32 } from './octets.ts'
import { LINK_TYPE_NONE, PACKET_OCTETS_MAX, Packet, type PacketStream } from './packet-stream.ts'
import { type PcapngInterface, readInterface, ticksToMs } from './pcapng-interface.ts'

const SECTION_HEADER = 0x0a0d0d0a
const BYTE_ORDER = 0x1a2b3c4d
const INTERFACE_DESCRIPTION = 1
const OLD_PACKET = 2
const SIMPLE_PACKET = 3
const ENHANCED_PACKET = 6

/** Longest block read as a whole: a packet, and 64 KiB for its options. Longer unknown blocks are passed over. */
const BLOCK_OCTETS_MAX = PACKET_OCTETS_MAX + 65_536
const INTERFACES_MAX = 65_536

/** Whether these first octets open a pcapng file. */
export function isPcapng(bytes: Uint8Array, at: number): boolean {
  return uint32(bytes, at) === SECTION_HEADER
}

/**
 * Packets of a pcapng file: several sections in either byte order, several interfaces of different link types.
 *
 * ```
 * block:   type 4 | length 4 | body | length 4        length: all of it, a multiple of 4
 * section: 0x0a0d0d0a | length | 0x1a2b3c4d in the section's byte order | version 2+2 | section length 8 | options
 * packet:  6 | length | interface 4 | ticks high 4, low 4 | captured 4 | original 4 | packet, padded | options
 * simple:  3 | length | original 4 | packet, padded
 * ```
 * draft-ietf-opsawg-pcapng 4. Unknown blocks are passed over. A length that cannot be stops the file with a sentence,
 * since nothing tells where the next block starts; the packets before stand. A packet of an interface never described
 * is passed on with {@link LINK_TYPE_NONE}. Simple packets have no time: they take that of the packet before.
 */
export class PcapngStream implements PacketStream {
  readonly current = new Packet()
  private readonly cursor: ChunkCursor
  private readonly fail: (sentence: string) => void
  private little = false
  private interfaces: PcapngInterface[] = []

  constructor(cursor: ChunkCursor, fail: (sentence: string) => void) {
    this.cursor = cursor
    this.fail = fail
  }

  advance(): boolean | Promise<boolean> {
    const { cursor } = this
    for (;;) {
      if (cursor.available < 12) return this.refill(12)
      const { bytes, at } = cursor
      // A palindrome, so that it reads the same in both byte orders.
      const section = uint32(bytes, at) === SECTION_HEADER
      if (section && !this.readByteOrder(bytes, at + 8)) return false
      const type = fileUint32(bytes, at, this.little)
      const length = fileUint32(bytes, at + 4, this.little)
      if (length < 12 || (length & 3) !== 0) return this.corrupt(`a block of ${length} octets`)
      if (length > BLOCK_OCTETS_MAX) {
        if (section || isRead(type)) return this.corrupt(`a block of ${length} octets`)
        return this.skipLong(length)
      }
      if (cursor.available < length) return this.refill(length)
      if (fileUint32(bytes, at + length - 4, this.little) !== length) {
        return this.corrupt('a block whose two lengths differ')
      }
      if (section) {
        if (length < 28) return this.corrupt(`a section header of ${length} octets`)
        this.interfaces = []
      } else if (type === INTERFACE_DESCRIPTION) {
        if (length < 20 || this.interfaces.length === INTERFACES_MAX) {
          return this.corrupt('an interface description that cannot be')
        }
        this.interfaces.push(readInterface(bytes, at + 8, at + length - 4, this.little))
      } else if (isRead(type)) {
        if (!this.readPacket(bytes, at, length, type)) return this.corrupt('a packet longer than its block')
        cursor.at = at + length
        return true
      }
      cursor.at = at + length
    }
  }

  private readByteOrder(bytes: Uint8Array, at: number): boolean {
    if (fileUint32(bytes, at, false) === BYTE_ORDER) this.little = false
    else if (fileUint32(bytes, at, true) === BYTE_ORDER) this.little = true
    else return this.corrupt('a section without byte-order mark')
    return true
  }

  /** Fills in `current` from a block that is wholly at hand; false where its inner lengths do not fit. */
  private readPacket(bytes: Uint8Array, at: number, length: number, type: number): boolean {
    const { current, little } = this
    const simple = type === SIMPLE_PACKET
    const room = length - (simple ? 16 : 32)
    if (room < 0) return false
    let id = 0
    if (type === ENHANCED_PACKET) id = fileUint32(bytes, at + 8, little)
    else if (type === OLD_PACKET) id = fileUint16(bytes, at + 8, little)
    const source: PcapngInterface | undefined = this.interfaces[id]
    current.originalLength = fileUint32(bytes, at + (simple ? 8 : 24), little)
    if (simple) current.length = Math.min(current.originalLength, source?.snapLength || room, room)
    else current.length = fileUint32(bytes, at + 20, little)
    if (current.length > room || current.length > PACKET_OCTETS_MAX) return false
    if (!simple && source !== undefined) {
      const high = fileUint32(bytes, at + 12, little)
      current.timeMs = ticksToMs(high, fileUint32(bytes, at + 16, little), source.ticksPerSecond, source.offsetSeconds)
    }
    current.linkType = source === undefined ? LINK_TYPE_NONE : source.linkType
    current.data = bytes
    current.start = at + (simple ? 12 : 28)
    current.offset = this.cursor.offset
    return true
  }

  private corrupt(what: string): false {
    this.fail(`is corrupt at octet ${this.cursor.offset}: ${what}`)
    return false
  }

  private async refill(need: number): Promise<boolean> {
    if (await this.cursor.fill(need)) return this.advance()
    if (this.cursor.available > 0) {
      this.fail(`ends in the middle of the block at octet ${this.cursor.offset}`)
    }
    return false
  }

  private async skipLong(length: number): Promise<boolean> {
    const start = this.cursor.offset
    if ((await this.cursor.skip(length - 4)) && (await this.cursor.fill(4))) {
      const trailer = fileUint32(this.cursor.bytes, this.cursor.at, this.little)
      if (trailer !== length) return this.corrupt('a block whose two lengths differ')
      this.cursor.at += 4
      return this.advance()
    }
    this.fail(`ends in the middle of the block at octet ${start}`)
    return false
  }
}

function isRead(type: number): boolean {
  return type === ENHANCED_PACKET || type === SIMPLE_PACKET || type === OLD_PACKET
}
