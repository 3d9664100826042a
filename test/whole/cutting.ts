import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** Octets of a pcap file's header, and of a packet's, which holds the packet's length at 8. */
export const PCAP_HEADER = 24
const PACKET_HEADER = 16
const LITTLE_ENDIAN_MICROSECONDS = 0xa1b2c3d4

/** A file's content, gunzipped where it was gzip. */
export function gunzipped(path: string): Buffer {
  const bytes = readFileSync(path)
  return bytes[0] === 0x1f ? gunzipSync(bytes) : bytes
}

/** A pcap file in files of about as many packets each. */
export function cutPcap(whole: Buffer, pieces: number): Buffer[] {
  if (whole.readUInt32LE(0) !== LITTLE_ENDIAN_MICROSECONDS)
    throw new Error('only pcap as tcpdump writes it is cut here')
  const packets: Buffer[] = []
  for (let at = PCAP_HEADER; at < whole.length; at += packets.at(-1)!.length) {
    packets.push(whole.subarray(at, at + PACKET_HEADER + whole.readUInt32LE(at + 8)))
  }
  return portions(packets, pieces).map((portion) => Buffer.concat([whole.subarray(0, PCAP_HEADER), ...portion]))
}

/** As many stretches of the whole, about as long each. */
export function portions<T>(whole: readonly T[], count: number): T[][] {
  const border = (i: number) => Math.floor((whole.length * i) / count)
  return Array.from({ length: count }, (_, i) => whole.slice(border(i), border(i + 1)))
}

/** In order, turned, and from the middle on. */
export function ordersOf<T>(whole: readonly T[]): T[][] {
  return [[...whole], whole.toReversed(), [...whole.slice(2), ...whole.slice(0, 2)]]
}
