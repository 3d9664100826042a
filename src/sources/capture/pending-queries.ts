import { DnsBatch } from '../../batch/dns-batch.ts'
import type { DnsMessage } from '../../dns/message.ts'
import { exchangeHash } from './exchange-key.ts'
import { writeQuery, writeSides } from './exchange-row.ts'
import type { Flow } from './flow.ts'
import { SlotIndex } from './slot-index.ts'
import { SlotQueue } from './slot-queue.ts'

const NAME_ROOM = 256

/**
 * Queries waiting for their response, and answered ones kept a while so that a second answer is known as one.
 *
 * A query's row is written into a slot of `rows` at once and copied out later. Both kinds share `capacity` slots;
 * {@link grown} makes more. {@link exchangeHash} must be that of the message at hand.
 */
export class PendingQueries {
  /** Row `slot` is the query in that slot; `input` is its rank, `nameStart` fixed. */
  readonly rows: DnsBatch
  readonly open: SlotQueue
  readonly answered: SlotQueue
  private readonly ids: Uint16Array
  private readonly clientPorts: Uint16Array
  private readonly isAnswered: Uint8Array
  /** Slots given back, the last one on top, and the first one never used. */
  private readonly free: Int32Array
  private freeCount = 0
  private fresh = 0
  private readonly exchanges: SlotIndex
  /** The newest open query of each question, whatever its ports. */
  private readonly questions: SlotIndex

  constructor(capacity: number) {
    this.rows = new DnsBatch(capacity)
    this.rows.arenaWords = new Uint32Array((capacity * NAME_ROOM) / 4)
    this.rows.arena = new Uint8Array(this.rows.arenaWords.buffer)
    this.open = new SlotQueue(capacity)
    this.answered = new SlotQueue(capacity)
    this.ids = new Uint16Array(capacity)
    this.clientPorts = new Uint16Array(capacity)
    this.isAnswered = new Uint8Array(capacity)
    this.free = new Int32Array(capacity)
    this.exchanges = new SlotIndex(capacity)
    this.questions = new SlotIndex(capacity)
  }

  /** A copy with twice the room, in which every slot keeps its number. Only for a full one. */
  grown(): PendingQueries {
    const more = new PendingQueries(this.rows.capacity * 2)
    copyColumns(this.rows, more.rows)
    more.ids.set(this.ids)
    more.clientPorts.set(this.clientPorts)
    more.isAnswered.set(this.isAnswered)
    more.fresh = this.fresh
    // In order of arrival, so that the oldest of equals stays the oldest.
    for (let slot = this.answered.head; slot >= 0; slot = this.answered.after(slot)) {
      more.answered.push(slot)
      more.exchanges.adopt(slot, this.exchanges)
    }
    for (let slot = this.open.head; slot >= 0; slot = this.open.after(slot)) {
      more.open.push(slot)
      more.exchanges.adopt(slot, this.exchanges)
      more.questions.adopt(slot, this.questions)
    }
    return more
  }

  get full(): boolean {
    return this.freeCount === 0 && this.fresh === this.rows.capacity
  }

  /** The open query with this client, resolver, id and question from any port, or -1. */
  findQuestion(flow: Flow, message: DnsMessage): number {
    const { questionLo, questionHi } = exchangeHash
    let slot = this.questions.first(questionLo, questionHi)
    while (slot >= 0 && !this.sameQuestion(slot, flow.source, flow.destination, message)) {
      slot = this.questions.after(slot)
    }
    return slot
  }

  /**
   * The oldest open query that a message between these two ends belongs to, or -1; `second.slot` is then the answered
   * one, if any, and `second.count` how many stand open.
   */
  findExchange(
    message: DnsMessage,
    client: Uint8Array,
    resolver: Uint8Array,
    clientPort: number,
    resolverPort: number,
  ): number {
    const { exchangeLo, exchangeHi } = exchangeHash
    let oldest = -1
    second.slot = -1
    second.count = 0
    for (let slot = this.exchanges.first(exchangeLo, exchangeHi); slot >= 0; slot = this.exchanges.after(slot)) {
      if (this.clientPorts[slot] !== clientPort || this.rows.resolverPort[slot] !== resolverPort) continue
      if (!this.sameQuestion(slot, client, resolver, message)) continue
      if (this.isAnswered[slot] === 1) {
        second.slot = slot
      } else {
        oldest = slot
        second.count++
      }
    }
    return oldest
  }

  /** Writes the query into a free slot, of which there must be one. `newest` is what {@link findQuestion} said. */
  hold(flow: Flow, message: DnsMessage, sizeBytes: number, newest: number): number {
    const { rows } = this
    const slot = this.freeCount > 0 ? this.free[--this.freeCount] : this.fresh++
    // addRow opens the row at the count; the arena is ours, a fixed place for each slot.
    rows.rows = slot
    rows.addRow()
    rows.arenaLength = slot * NAME_ROOM
    writeSides(rows, slot, flow, message, true)
    rows.setName(slot, message.name, 0, message.nameLength, message.labelCount)
    writeQuery(rows, slot, message, sizeBytes)
    this.ids[slot] = message.id
    this.clientPorts[slot] = flow.sourcePort
    this.isAnswered[slot] = 0
    // Does nothing where making room let go of it.
    if (newest >= 0) this.questions.remove(newest)
    this.questions.add(slot, exchangeHash.questionLo, exchangeHash.questionHi)
    this.exchanges.add(slot, exchangeHash.exchangeLo, exchangeHash.exchangeHi)
    this.open.push(slot)
    return slot
  }

  /** Moves an open query to the answered ones. */
  answer(slot: number): void {
    this.open.remove(slot)
    this.questions.remove(slot)
    this.answered.push(slot)
    this.isAnswered[slot] = 1
  }

  /** Frees a slot, open or answered. */
  drop(slot: number): void {
    if (this.isAnswered[slot] === 1) this.answered.remove(slot)
    else this.open.remove(slot)
    this.questions.remove(slot)
    this.exchanges.remove(slot)
    this.free[this.freeCount++] = slot
  }

  private sameQuestion(slot: number, client: Uint8Array, resolver: Uint8Array, message: DnsMessage): boolean {
    const { rows } = this
    if (this.ids[slot] !== message.id || rows.qtype[slot] !== message.qtype) return false
    if (rows.nameLength[slot] !== message.nameLength) return false
    const at = slot * 16
    for (let i = 0; i < 16; i++) {
      if (rows.client[at + i] !== client[i] || rows.resolver[at + i] !== resolver[i]) return false
    }
    const { arena } = rows
    const { name } = message
    const start = slot * NAME_ROOM
    for (let i = 0; i < message.nameLength; i++) {
      if (arena[start + i] !== name[i] && foldCase(arena[start + i]) !== foldCase(name[i])) return false
    }
    return true
  }
}

/** What {@link PendingQueries.findExchange} saw on its way. */
export const second = { slot: -1, count: 0 }

function copyColumns(from: DnsBatch, to: DnsBatch): void {
  for (const [name, column] of Object.entries(from)) {
    if (ArrayBuffer.isView(column)) (to[name as 'timeMs'] as Float64Array).set(column as Float64Array)
  }
}

function foldCase(octet: number): number {
  return octet >= 0x41 && octet <= 0x5a ? octet + 32 : octet
}
