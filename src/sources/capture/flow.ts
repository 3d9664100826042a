/** Where a message came from: addresses, ports and packet. Reused; a TCP stream has its own. */
export class Flow {
  /** 16 octets each, IPv4 as `::ffff:a.b.c.d`; the same as words, to be copied and compared. */
  readonly sourceWords: Int32Array = new Int32Array(4)
  readonly source: Uint8Array = new Uint8Array(this.sourceWords.buffer)
  readonly destinationWords: Int32Array = new Int32Array(4)
  readonly destination: Uint8Array = new Uint8Array(this.destinationWords.buffer)
  sourcePort = 0
  destinationPort = 0
  tcp = false
  timeMs = Number.NaN
  /** Rank of the packet's file among the files of the source. */
  input = 0
  /** Offset of the packet in its file. */
  position = 0
}

/**
 * Takes DNS messages out of their transport: `bytes[start..end)`, valid during the call. `sizeBytes` is the message's
 * own size, more than the octets at hand where the capture cut it (`cut`).
 */
export interface MessageSink {
  message(flow: Flow, bytes: Uint8Array, start: number, end: number, sizeBytes: number, cut: boolean): void
}
