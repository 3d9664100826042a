/** A packet of a capture to be. */
export interface CapturedPacket {
  readonly timeMs: number
  readonly frame: Uint8Array
}

const MAGIC = 0xa1b2c3d4
const SNAP_OCTETS = 262_144
const LINKTYPE_ETHERNET = 1

/**
 * A capture file, piece by piece: the classic format with microseconds, little-endian (draft-ietf-opsawg-pcap).
 *
 * ```
 * | a1b2c3d4 | 2.4 | zone 0 | 0 | snap length | link type |   then a packet:  | s | us | octets | octets | frame |
 * ```
 */
export function* pcapPieces(packets: Iterable<CapturedPacket>): Generator<Uint8Array> {
  const head = Buffer.alloc(24)
  head.writeUInt32LE(MAGIC, 0)
  head.writeUInt16LE(2, 4)
  head.writeUInt16LE(4, 6)
  head.writeUInt32LE(SNAP_OCTETS, 16)
  head.writeUInt32LE(LINKTYPE_ETHERNET, 20)
  yield head
  for (const { timeMs, frame } of packets) {
    const microseconds = Math.round(timeMs * 1000)
    const record = Buffer.alloc(16)
    record.writeUInt32LE(Math.floor(microseconds / 1e6), 0)
    record.writeUInt32LE(microseconds % 1e6, 4)
    record.writeUInt32LE(frame.length, 8)
    record.writeUInt32LE(frame.length, 12)
    yield record
    yield frame
  }
}
