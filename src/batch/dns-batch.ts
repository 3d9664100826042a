import { growBytes, growUint32 } from './grow.ts'

/** Rows of a full batch. One await a batch, so this sets how often the event loop gets a turn. */
export const BATCH_ROWS = 4096

/**
 * Elements left free behind each column of a block. Columns of 4096 rows would else start at the same place of a page,
 * and the octets of one row push each other out of a cache that goes by that place.
 */
const SKEW = 64
/** Columns of each width. */
const DOUBLES = 4
const WORDS = 12
const SHORTS = 10
const OCTETS = 4

/** Where the exchange was seen: between client and resolver, or between resolver and name servers. */
export const VANTAGE = { unknown: 0, clientSide: 1, resolverSide: 2 } as const

/** How the exchange travelled. `multicast` is mDNS or LLMNR sent to a link-local group: it does not leave the link. */
export const TRANSPORT = { unknown: 0, udp: 1, tcp: 2, multicast: 3 } as const

/** Bits of the `marks` column: what the row lacks and what went wrong. */
export const MARK = {
  /** A query was seen. */
  query: 1 << 0,
  /** A response was seen. Rows with only this bit of the two are responses whose query was not captured. */
  response: 1 << 1,
  /** The same query (client, id, question) sent again before its answer: not counted again. */
  retransmission: 1 << 2,
  /** The same query seen on the other side of a resolver: not counted again. */
  secondVantage: 1 << 3,
  /** Some part was malformed; the reasons are counted per input. */
  malformed: 1 << 4,
  /** The response had TC set. */
  truncated: 1 << 5,
  /** The row came later than the watermark and is charged at the watermark. */
  late: 1 << 6,
  /** The client column is an address; without it client facts are skipped. */
  hasClient: 1 << 7,
  /** The source shows names but not answers, so that a missing response says nothing. */
  namesOnly: 1 << 8,
  /** Answers were seen only as text (a log), so that payload octets are a lower bound. */
  answersFromLog: 1 << 9,
  /** Octets of the name were lost by the source (`?`, U+FFFD): lengths are a lower bound. */
  nameLossy: 1 << 10,
} as const

/** rcode column where no response was seen. */
export const RCODE_NONE = -1

/**
 * A columnar batch of DNS exchanges: one row is a query with its response if seen, or either half.
 *
 * Names lie in one arena in wire form without compression and root octet (length octet, label octets, ...), case
 * as seen; log sources compose the same form from text. Addresses are 16 octets, IPv4 as `::ffff:a.b.c.d`.
 * Columns of one width stand in one block, one behind the other, so that a row is copied in a loop a width.
 * Nothing here is interned: ids that depend on order of arrival would leak into results (DESIGN.md 3).
 */
export class DnsBatch {
  rows = 0
  /** The blocks that hold the columns below, and the elements from a column's row to the same row of the next. */
  readonly stride: number
  readonly doubles: Float64Array
  readonly words: Uint32Array
  readonly shorts: Uint16Array
  readonly octets: Uint8Array
  /** Milliseconds since 1970 with fraction; NaN where the source has no time. */
  readonly timeMs: Float64Array
  /** Index into the run's inputs of the file the row came from. */
  readonly input: Uint32Array
  /** Position within its input (file offset or line), for ties in time. */
  readonly position: Float64Array
  /** 16 octets a row; see the class comment. The same as four words, to be copied. */
  readonly client: Uint8Array
  readonly clientWords: Uint32Array
  readonly resolver: Uint8Array
  readonly resolverWords: Uint32Array
  readonly resolverPort: Uint16Array
  readonly clientPort: Uint16Array
  readonly vantage: Uint8Array
  readonly transport: Uint8Array
  readonly nameStart: Uint32Array
  readonly nameLength: Uint8Array
  readonly labelCount: Uint8Array
  readonly qtype: Uint16Array
  readonly qclass: Uint16Array
  readonly rcode: Int16Array
  /** Header flags of the query (of the response where only that was seen). */
  readonly flags: Uint16Array
  /** DNS message octets; 0 where unknown. */
  readonly querySizeBytes: Uint32Array
  readonly responseSizeBytes: Uint32Array
  readonly answerCount: Uint16Array
  /** Answer RDATA octets by kind (see ANSWER_KIND in dns/message.ts). */
  readonly answerAddressOctets: Uint32Array
  readonly answerTextOctets: Uint32Array
  readonly answerTargetOctets: Uint32Array
  readonly answerRawOctets: Uint32Array
  readonly answerHashLo: Uint32Array
  readonly answerHashHi: Uint32Array
  /** Smallest answer TTL in seconds, -1 where unknown. */
  readonly ttlMinSeconds: Float64Array
  /** Response time minus query time in milliseconds, NaN where unknown. */
  readonly roundTripMs: Float64Array
  readonly ednsSizeBytes: Uint16Array
  readonly ednsUnknownOctets: Uint16Array
  readonly paddingOctets: Uint16Array
  readonly marks: Uint32Array
  /** Hash of the id that the source gave the flow (Zeek's uid); both halves 0 where it gave none. */
  readonly flowLo: Uint32Array
  readonly flowHi: Uint32Array
  /** First target of the row in `targetStart`/`targetLength`, and how many. */
  readonly targetFirst: Uint32Array
  readonly targetCount: Uint8Array

  /** Name octets of all rows and targets, each from a multiple of four on; the same as words, to be copied. */
  arena: Uint8Array
  arenaWords: Int32Array
  arenaLength = 0
  targetStart: Uint32Array
  targetLength: Uint32Array
  targetTotal = 0

  constructor(capacity: number = BATCH_ROWS) {
    const stride = capacity + SKEW
    const column = <T extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(block: T, place: number): T =>
      block.subarray(place * stride, place * stride + capacity) as T
    this.stride = stride
    this.doubles = new Float64Array(DOUBLES * stride)
    this.timeMs = column(this.doubles, 0)
    this.position = column(this.doubles, 1)
    this.ttlMinSeconds = column(this.doubles, 2)
    this.roundTripMs = column(this.doubles, 3)
    this.words = new Uint32Array(WORDS * stride)
    this.input = column(this.words, 0)
    this.querySizeBytes = column(this.words, 1)
    this.responseSizeBytes = column(this.words, 2)
    this.answerAddressOctets = column(this.words, 3)
    this.answerTextOctets = column(this.words, 4)
    this.answerTargetOctets = column(this.words, 5)
    this.answerRawOctets = column(this.words, 6)
    this.answerHashLo = column(this.words, 7)
    this.answerHashHi = column(this.words, 8)
    this.marks = column(this.words, 9)
    this.flowLo = column(this.words, 10)
    this.flowHi = column(this.words, 11)
    this.shorts = new Uint16Array(SHORTS * stride)
    this.resolverPort = column(this.shorts, 0)
    this.qtype = column(this.shorts, 1)
    this.qclass = column(this.shorts, 2)
    this.flags = column(this.shorts, 3)
    this.answerCount = column(this.shorts, 4)
    this.ednsSizeBytes = column(this.shorts, 5)
    this.ednsUnknownOctets = column(this.shorts, 6)
    this.paddingOctets = column(this.shorts, 7)
    this.rcode = new Int16Array(this.shorts.buffer, 8 * stride * Int16Array.BYTES_PER_ELEMENT, capacity)
    this.clientPort = column(this.shorts, 9)
    this.octets = new Uint8Array(OCTETS * stride)
    this.vantage = column(this.octets, 0)
    this.transport = column(this.octets, 1)
    this.nameLength = column(this.octets, 2)
    this.labelCount = column(this.octets, 3)
    this.clientWords = new Uint32Array(capacity * 4)
    this.client = new Uint8Array(this.clientWords.buffer)
    this.resolverWords = new Uint32Array(capacity * 4)
    this.resolver = new Uint8Array(this.resolverWords.buffer)
    this.nameStart = new Uint32Array(capacity)
    this.targetFirst = new Uint32Array(capacity)
    this.targetCount = new Uint8Array(capacity)
    this.arena = new Uint8Array(capacity * 32)
    this.arenaWords = new Int32Array(this.arena.buffer)
    this.targetStart = new Uint32Array(256)
    this.targetLength = new Uint32Array(256)
  }

  get capacity(): number {
    return this.timeMs.length
  }

  get full(): boolean {
    return this.rows === this.capacity
  }

  /** Empties the batch; the columns keep their memory. */
  clear(): void {
    this.rows = 0
    this.arenaLength = 0
    this.targetTotal = 0
  }

  /** Exchanges rows and memory with another batch: how a reader keeps rows that their source would write over. */
  trade(other: DnsBatch): void {
    const own = { ...this }
    Object.assign(this, other)
    Object.assign(other, own)
  }

  /**
   * Opens a row with every column at its "unknown" value and returns its index.
   * The batch must not be full; names and targets follow by {@link setName} and {@link addTarget}.
   */
  addRow(): number {
    const row = this.rows++
    const { stride, words, shorts, octets, clientWords, resolverWords } = this
    for (let at = row; at < words.length; at += stride) words[at] = 0
    for (let at = row; at < shorts.length; at += stride) shorts[at] = 0
    for (let at = row; at < octets.length; at += stride) octets[at] = 0
    this.timeMs[row] = Number.NaN
    this.position[row] = 0
    this.ttlMinSeconds[row] = -1
    this.roundTripMs[row] = Number.NaN
    this.rcode[row] = RCODE_NONE
    for (let word = row * 4; word < row * 4 + 4; word++) {
      clientWords[word] = 0
      resolverWords[word] = 0
    }
    this.nameStart[row] = this.arenaLength
    this.targetFirst[row] = this.targetTotal
    this.targetCount[row] = 0
    return row
  }

  /** Copies a wire-form name (no root octet, at most 255 octets) into the arena as the row's name. */
  setName(row: number, source: Uint8Array, start: number, length: number, labelCount: number): void {
    this.nameStart[row] = this.append(source, start, length)
    this.nameLength[row] = length
    this.labelCount[row] = labelCount
  }

  /** As {@link setName}, from whole words on; what the last of them holds behind the name does not matter. */
  setNameWords(row: number, source: Int32Array, startWord: number, length: number, labelCount: number): void {
    this.nameStart[row] = this.appendWords(source, startWord, length)
    this.nameLength[row] = length
    this.labelCount[row] = labelCount
  }

  /** Adds a target name to the row opened last. */
  addTarget(row: number, source: Uint8Array, start: number, length: number): void {
    this.bookTarget(row, this.append(source, start, length), length)
  }

  /** As {@link addTarget}, from whole words on. */
  addTargetWords(row: number, source: Int32Array, startWord: number, length: number): void {
    this.bookTarget(row, this.appendWords(source, startWord, length), length)
  }

  private bookTarget(row: number, start: number, length: number): void {
    if (this.targetTotal === this.targetStart.length) {
      this.targetStart = growUint32(this.targetStart, this.targetTotal + 1)
      this.targetLength = growUint32(this.targetLength, this.targetTotal + 1)
    }
    this.targetStart[this.targetTotal] = start
    this.targetLength[this.targetTotal] = length
    this.targetTotal++
    this.targetCount[row]++
  }

  private append(source: Uint8Array, start: number, length: number): number {
    const at = this.reserve(length)
    const { arena } = this
    // Names are short: a loop beats subarray + set, which allocate a view.
    for (let i = 0; i < length; i++) arena[at + i] = source[start + i]
    return at
  }

  private appendWords(source: Int32Array, startWord: number, length: number): number {
    const at = this.reserve(length)
    const { arenaWords } = this
    const shift = startWord - (at >>> 2)
    const end = (at + length + 3) >>> 2
    for (let word = at >>> 2; word < end; word++) arenaWords[word] = source[shift + word]
    return at
  }

  /** The place of `length` more octets in the arena, with room for whole words. */
  private reserve(length: number): number {
    const at = this.arenaLength
    this.arenaLength = at + ((length + 3) & ~3)
    if (this.arenaLength > this.arena.length) {
      this.arena = growBytes(this.arena, this.arenaLength)
      this.arenaWords = new Int32Array(this.arena.buffer)
    }
    return at
  }
}
