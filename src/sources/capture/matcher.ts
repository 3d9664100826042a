import { type DnsBatch, MARK } from '../../batch/dns-batch.ts'
import type { DnsMessage } from '../../dns/message.ts'
import type { InputFile } from '../input-file.ts'
import type { InputCounts } from '../source.ts'
import { hashExchange } from './exchange-key.ts'
import type { Flow } from './flow.ts'
import { PendingQueries, second } from './pending-queries.ts'
import { QueryRecords } from './query-records.ts'
import { writeResponse } from './response-half.ts'
import type { RowSink } from './row-sink.ts'

const PENDING_MAX = 65_536
const PENDING_START = 1024
/** Identical queries that may wait at once; more are written out without waiting, so that look-ups stay short. */
const IDENTICAL_MAX = 8

/**
 * Joins queries and responses to exchanges, one row each, on addresses, ports, transport, id and question (the name
 * without case, and the type).
 *
 * A row is written with its response, else once `waitMs` of event time have passed, else at the end. The oldest of
 * identical queries gets the first answer; an answer never replaces another: a second one is a row of its own, marked
 * `retransmission`, as is a query repeated while it waits. A response without a known query, also one that comes
 * before it or names another question, is a row too. When {@link PENDING_MAX} queries wait, answered ones are
 * forgotten first, then the oldest is written out.
 */
export class Matcher {
  private pending: PendingQueries
  /** Of a row that does not wait. */
  private readonly passing = new QueryRecords(1)
  private readonly pendingMax: number
  private readonly sink: RowSink
  private readonly files: readonly InputFile[]
  private readonly counts: readonly InputCounts[]
  private readonly waitMs: number
  private newestMs = -1

  constructor(
    sink: RowSink,
    files: readonly InputFile[],
    counts: readonly InputCounts[],
    waitMs: number,
    pendingMax: number = PENDING_MAX,
  ) {
    this.pending = new PendingQueries(Math.min(PENDING_START, pendingMax))
    this.pendingMax = pendingMax
    this.sink = sink
    this.files = files
    this.counts = counts
    this.waitMs = waitMs
  }

  /** Takes a message; `asks` says that its sender is the client. `broken` marks the row malformed. */
  message(flow: Flow, message: DnsMessage, sizeBytes: number, asks: boolean, broken: boolean): void {
    this.newestMs = flow.timeMs
    this.expire(flow.timeMs)
    if (asks) this.query(flow, message, sizeBytes, broken)
    else this.response(flow, message, sizeBytes, broken)
  }

  /** Lets go of what has waited too long by now: `idleMs` after the newest message nothing has come. */
  advanceBy(idleMs: number): void {
    if (idleMs > 0 && this.newestMs >= 0) this.expire(this.newestMs + idleMs)
  }

  /** Writes out what still waits. */
  finish(): void {
    while (this.pending.open.head >= 0) this.giveUp(this.pending.open.head)
  }

  private query(flow: Flow, message: DnsMessage, sizeBytes: number, broken: boolean): void {
    const { pending } = this
    hashExchange(message, flow, true)
    const newest = pending.findQuestion(flow, message)
    let marks = broken ? MARK.malformed : 0
    if (newest >= 0) {
      marks |= MARK.retransmission
      pending.findExchange(flow, message, true)
      if (second.count >= IDENTICAL_MAX) {
        const batch = this.sink.open()
        this.passing.write(0, flow, message, sizeBytes, true, marks)
        this.finishRow(batch, this.passing.appendTo(batch, 0))
        return
      }
    }
    if (pending.full) this.makeRoom()
    // Slots keep their numbers, so that `newest` holds.
    this.pending.hold(flow, message, sizeBytes, marks, newest)
  }

  private response(flow: Flow, message: DnsMessage, sizeBytes: number, broken: boolean): void {
    const { pending, passing } = this
    hashExchange(message, flow, false)
    const slot = pending.findExchange(flow, message, false)
    const batch = this.sink.open()
    if (slot < 0) passing.write(0, flow, message, 0, false, second.slot >= 0 ? MARK.retransmission : 0)
    const row = slot < 0 ? passing.appendTo(batch, 0) : pending.records.appendTo(batch, slot)
    writeResponse(batch, row, message, sizeBytes)
    if (broken) batch.marks[row] |= MARK.malformed
    if (slot >= 0) {
      const tripMs = flow.timeMs - batch.timeMs[row]
      // Clocks of two capture files may differ by more than the trip took.
      if (tripMs >= 0) batch.roundTripMs[row] = tripMs
      if (second.slot >= 0) pending.drop(second.slot)
      pending.answer(slot)
    }
    this.finishRow(batch, row)
  }

  /** Inputs were ranks so far; from here on they are the run's own numbers. */
  private finishRow(batch: DnsBatch, row: number): void {
    const rank = batch.input[row]
    this.counts[rank].rows++
    batch.input[row] = this.files[rank].index
  }

  /**
   * Lets go of queries whose time is further than `waitMs` from now, either way: one packet with a time in 2106 must
   * not hold up every query after it. Queries without time wait for room or the end.
   */
  private expire(nowMs: number): void {
    const { pending, waitMs } = this
    const { records } = pending
    let slot = pending.open.head
    while (slot >= 0 && Math.abs(nowMs - records.timeMs(slot)) > waitMs) {
      this.giveUp(slot)
      slot = pending.open.head
    }
    slot = pending.answered.head
    while (slot >= 0 && Math.abs(nowMs - records.timeMs(slot)) > waitMs) {
      pending.drop(slot)
      slot = pending.answered.head
    }
  }

  private makeRoom(): void {
    const { pending } = this
    if (pending.capacity < this.pendingMax) this.pending = pending.grown()
    else if (pending.answered.head >= 0) pending.drop(pending.answered.head)
    else this.giveUp(pending.open.head)
  }

  private giveUp(slot: number): void {
    const batch = this.sink.open()
    this.finishRow(batch, this.pending.records.appendTo(batch, slot))
    this.pending.drop(slot)
  }
}
