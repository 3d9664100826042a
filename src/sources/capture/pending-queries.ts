import type { DnsMessage } from '../../dns/message.ts'
import { exchangeHash } from './exchange-key.ts'
import type { Flow } from './flow.ts'
import { QueryRecords } from './query-records.ts'
import { SlotIndex } from './slot-index.ts'
import { SlotQueue } from './slot-queue.ts'

/**
 * Queries waiting for their response, and answered ones kept a while so that a second answer is known as one.
 *
 * A query is written into a slot of `records` and copied out later. Both kinds share `capacity` slots; {@link grown}
 * makes more. {@link exchangeHash} must be that of the message at hand.
 */
export class PendingQueries {
  readonly capacity: number
  readonly records: QueryRecords
  readonly open: SlotQueue
  readonly answered: SlotQueue
  private readonly isAnswered: Uint8Array
  /** Slots given back, the last one on top, and the first one never used. */
  private readonly free: Int32Array
  private freeCount = 0
  private fresh = 0
  private readonly exchanges: SlotIndex
  /** The newest open query of each question, whatever its ports. */
  private readonly questions: SlotIndex

  constructor(capacity: number) {
    this.capacity = capacity
    this.records = new QueryRecords(capacity)
    this.open = new SlotQueue(capacity)
    this.answered = new SlotQueue(capacity)
    this.isAnswered = new Uint8Array(capacity)
    this.free = new Int32Array(capacity)
    this.exchanges = new SlotIndex(capacity)
    this.questions = new SlotIndex(capacity)
  }

  /** A copy with twice the room, in which every slot keeps its number. Only for a full one. */
  grown(): PendingQueries {
    const more = new PendingQueries(this.capacity * 2)
    more.records.adopt(this.records)
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
    return this.freeCount === 0 && this.fresh === this.capacity
  }

  /** The open query with this client, resolver, id and question from any port, or -1. */
  findQuestion(flow: Flow, message: DnsMessage): number {
    const { questions, records } = this
    let slot = questions.first(exchangeHash.questionLo, exchangeHash.questionHi)
    while (slot >= 0 && !records.isQuestion(slot, flow, message, true)) slot = questions.after(slot)
    return slot
  }

  /**
   * The oldest open query that a message between these two ends belongs to, or -1; `second.slot` is then the answered
   * one, if any, and `second.count` how many stand open. `asks` says that the message's sender is the client.
   */
  findExchange(flow: Flow, message: DnsMessage, asks: boolean): number {
    const { exchanges, records } = this
    const { exchangeLo, exchangeHi } = exchangeHash
    let oldest = -1
    second.slot = -1
    second.count = 0
    for (let slot = exchanges.first(exchangeLo, exchangeHi); slot >= 0; slot = exchanges.after(slot)) {
      if (!records.isExchange(slot, flow, message, asks)) continue
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
  hold(flow: Flow, message: DnsMessage, sizeBytes: number, marks: number, newest: number): void {
    const slot = this.freeCount > 0 ? this.free[--this.freeCount] : this.fresh++
    this.records.write(slot, flow, message, sizeBytes, true, marks)
    this.isAnswered[slot] = 0
    // Does nothing where making room let go of it.
    if (newest >= 0) this.questions.remove(newest)
    this.questions.add(slot, exchangeHash.questionLo, exchangeHash.questionHi)
    this.exchanges.add(slot, exchangeHash.exchangeLo, exchangeHash.exchangeHi)
    this.open.push(slot)
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
}

/** What {@link PendingQueries.findExchange} saw on its way. */
export const second = { slot: -1, count: 0 }
