import { BATCH_ROWS } from './dns-batch.ts'

/** How a flow ended, as Zeek says it (conn.log's conn_state); the first stands for none. */
export const CONN_STATES = [
  ...['', 'S0', 'S1', 'SF', 'REJ', 'S2', 'S3', 'RSTO', 'RSTR', 'RSTOS0', 'RSTRH', 'SH', 'SHR', 'OTH'],
] as const

/**
 * A columnar batch of flows: one row is what two ends said to each other over one pair of ports. Addresses are 16 octets, IPv4 as
 * `::ffff:a.b.c.d`, as in {@link DnsBatch}. Octets and packets that the source did not count are NaN, which is not 0: a flow that was
 * rejected has none, one that was not followed has an unknown number.
 */
export class FlowBatch {
  rows = 0
  /** When its first packet came, milliseconds since 1970; how long until its last, NaN where there was one packet or nobody says. */
  readonly timeMs: Float64Array
  readonly durationMs: Float64Array
  readonly input: Uint32Array
  readonly position: Float64Array
  readonly client: Uint8Array
  readonly server: Uint8Array
  /** The same as four words each. */
  readonly clientWords: Uint32Array
  readonly serverWords: Uint32Array
  readonly clientPort: Uint16Array
  readonly serverPort: Uint16Array
  /** One of TRANSPORT; unknown for what is neither UDP nor TCP. */
  readonly transport: Uint8Array
  /** Octets of payload, packets, and octets with IP headers, from the client and from the server. */
  readonly clientBytes: Float64Array
  readonly serverBytes: Float64Array
  readonly clientPackets: Float64Array
  readonly serverPackets: Float64Array
  readonly clientIpBytes: Float64Array
  readonly serverIpBytes: Float64Array
  /** Index into {@link CONN_STATES}. */
  readonly state: Uint8Array
  /** Hash of the source's id of the flow, as in DnsBatch. */
  readonly flowLo: Uint32Array
  readonly flowHi: Uint32Array
  /** Zeek's letters of what happened, and what it took the flow for; empty where unknown. */
  readonly history: string[] = []
  readonly service: string[] = []

  constructor(capacity: number = BATCH_ROWS) {
    const doubles = () => new Float64Array(capacity)
    this.timeMs = doubles()
    this.durationMs = doubles()
    this.position = doubles()
    this.clientBytes = doubles()
    this.serverBytes = doubles()
    this.clientPackets = doubles()
    this.serverPackets = doubles()
    this.clientIpBytes = doubles()
    this.serverIpBytes = doubles()
    this.input = new Uint32Array(capacity)
    this.flowLo = new Uint32Array(capacity)
    this.flowHi = new Uint32Array(capacity)
    this.clientWords = new Uint32Array(capacity * 4)
    this.serverWords = new Uint32Array(capacity * 4)
    this.client = new Uint8Array(this.clientWords.buffer)
    this.server = new Uint8Array(this.serverWords.buffer)
    this.clientPort = new Uint16Array(capacity)
    this.serverPort = new Uint16Array(capacity)
    this.transport = new Uint8Array(capacity)
    this.state = new Uint8Array(capacity)
  }

  get full(): boolean {
    return this.rows === this.timeMs.length
  }

  clear(): void {
    this.rows = 0
  }

  /** Opens a row with every column at its "unknown" value and returns its index; the batch must not be full. */
  addRow(): number {
    const row = this.rows++
    const unknown = [this.timeMs, this.durationMs, this.clientBytes, this.serverBytes, this.clientPackets]
    for (const column of [...unknown, this.serverPackets, this.clientIpBytes, this.serverIpBytes])
      column[row] = Number.NaN
    for (const column of [this.position, this.input, this.flowLo, this.flowHi, this.clientPort, this.serverPort])
      column[row] = 0
    this.transport[row] = 0
    this.state[row] = 0
    this.client.fill(0, row * 16, row * 16 + 16)
    this.server.fill(0, row * 16, row * 16 + 16)
    this.history[row] = ''
    this.service[row] = ''
    return row
  }
}
