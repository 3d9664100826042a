import type { ChunkCursor } from './chunk-cursor.ts'
import type { PacketStream } from './packet-stream.ts'
import { isPcap, PcapStream } from './pcap.ts'
import { isPcapng, PcapngStream } from './pcapng.ts'

/** Whether the first octets of a file (four are enough) are those of a pcap or pcapng capture. */
export function isCapture(head: Uint8Array): boolean {
  return head.length >= 4 && (isPcap(head, 0) || isPcapng(head, 0))
}

/**
 * The packet reader for the file's magic number; undefined, and `fail` told, where it is no capture. What `fail` hears
 * is a sentence without its subject, the file, and without its full stop.
 */
export async function openCapture(
  cursor: ChunkCursor,
  fail: (sentence: string) => void,
): Promise<PacketStream | undefined> {
  if (!(await cursor.fill(4))) fail(cursor.available === 0 ? 'is empty' : 'is too short for a capture')
  else if (isPcapng(cursor.bytes, cursor.at)) return new PcapngStream(cursor, fail)
  else if (isPcap(cursor.bytes, cursor.at)) return PcapStream.open(cursor, fail)
  else fail('is neither pcap nor pcapng')
  return undefined
}
