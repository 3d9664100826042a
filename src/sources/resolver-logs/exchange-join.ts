import { type DnsBatch, MARK } from '../../batch/dns-batch.ts'
import { LogRow } from '../logs/log-row.ts'

/** Queries that wait for their answer at once; past it the oldest goes out without. */
const PENDING_MAX = 8192
/** Queries without a single answer after which a log is taken for one of queries alone, so that none waits in vain. */
const UNANSWERED_MAX = 64

/** A query that waits, and what its answer's lines have said so far. */
export class Asked {
  readonly row: LogRow = new LogRow()
  position = 0
  /** The last line about it named a CNAME, whose target the next one tells. */
  aliased = false
}

/**
 * Joins lines that tell of a query and lines that tell of its answer to exchanges, one row each, by a key that the format
 * gives: an id, or client and question. A query goes out with its answer, else when `waitMs` of event time have passed, else
 * at the end; where the log shows no answers, at once. With `holds`, answers come in several lines, and their query waits for all of them.
 */
export class ExchangeJoin {
  private readonly input: number
  private readonly waitMs: number
  private readonly holds: boolean
  private readonly pending = new Map<string, Asked>()
  private readonly ready: Asked[] = []
  private readonly free: Asked[] = []
  private asked = 0
  private showsAnswers = false

  constructor(input: number, waitMs: number, holds = false) {
    this.input = input
    this.waitMs = waitMs
    this.holds = holds
  }

  /** An empty query, to be filled and given to {@link ask} or {@link pass}, or given {@link back}. */
  take(): Asked {
    const asked = this.free.pop() ?? new Asked()
    asked.row.reset()
    asked.aliased = false
    return asked
  }

  back(asked: Asked): void {
    this.free.push(asked)
  }

  /** A query that waits for its answer. The same again before that is a retransmission, and goes out by itself. */
  ask(key: string, asked: Asked): void {
    const { pending } = this
    this.passTo(asked.row.timeMs)
    const before = pending.get(key)
    if (before !== undefined) {
      // Where a key is the name alone, or a server counts from one again, it may be somebody else's question.
      if (isSameQuestion(before.row, asked.row)) asked.row.marks |= MARK.retransmission
      this.ready.push(asked)
      return
    }
    if (!this.showsAnswers && this.asked++ >= UNANSWERED_MAX) {
      for (const [waiting, other] of pending) this.release(waiting, other)
      this.ready.push(asked)
      return
    }
    pending.set(key, asked)
    if (pending.size <= PENDING_MAX) return
    const [oldest] = pending
    this.release(oldest[0], oldest[1])
  }

  /** The query an answer of this time belongs to, if it waits. */
  find(key: string, timeMs: number): Asked | undefined {
    this.showsAnswers = true
    this.passTo(timeMs)
    return this.pending.get(key)
  }

  /** Says that a line of its answer was read into the query. */
  answered(key: string, asked: Asked): void {
    if (!this.holds) this.release(key, asked)
  }

  /** What needs no joining. */
  pass(asked: Asked): void {
    this.ready.push(asked)
  }

  /** Appends one exchange that is done, `all` of them being done at the end; false where there is none. */
  appendTo(batch: DnsBatch, all: boolean): boolean {
    if (all) for (const [key, asked] of this.pending) this.release(key, asked)
    const asked = this.ready.shift()
    if (asked === undefined) return false
    asked.row.appendTo(batch, this.input, asked.position)
    this.free.push(asked)
    return true
  }

  /** Lets go of queries further than `waitMs` from now, either way: one line from 2106 must not hold up all others. */
  private passTo(nowMs: number): void {
    for (const [key, asked] of this.pending) {
      if (!(Math.abs(nowMs - asked.row.timeMs) > this.waitMs)) return
      this.release(key, asked)
    }
  }

  private release(key: string, asked: Asked): void {
    this.pending.delete(key)
    this.ready.push(asked)
  }
}

function isSameQuestion(a: LogRow, b: LogRow): boolean {
  if (a.qtype !== b.qtype || a.nameLength !== b.nameLength) return false
  for (let i = 0; i < 16; i++) if (a.client[i] !== b.client[i]) return false
  for (let i = 0; i < a.nameLength; i++) if (a.name[i] !== b.name[i]) return false
  return true
}
