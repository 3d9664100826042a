/** Longest packet taken from a capture. tcpdump's largest snap length; anything above is a corrupt length. */
export const PACKET_OCTETS_MAX = 262_144

/** Link type of a packet whose pcapng interface was never described. */
export const LINK_TYPE_NONE = -1

/** One captured packet, reused from packet to packet: it points into the reader's buffer. */
export class Packet {
  data: Uint8Array = new Uint8Array(0)
  /** First octet of the packet in `data`. */
  start = 0
  /** Captured octets; a snap length makes this smaller than `originalLength`. */
  length = 0
  originalLength = 0
  /** LINKTYPE_ number (https://www.tcpdump.org/linktypes.html), or {@link LINK_TYPE_NONE}. */
  linkType = 0
  /** Milliseconds since 1970 with fraction; NaN where no packet before had a time either. */
  timeMs = Number.NaN
  /** Offset of the packet's record in the (gunzipped) file. */
  offset = 0
}

/**
 * Packets one after the other. `advance` puts the next packet into `current`, which is valid until the next call, and
 * says false at the end. It answers at once as long as the packet lies in octets already read: one await a chunk.
 */
export interface PacketStream {
  readonly current: Packet
  advance(): boolean | Promise<boolean>
}
