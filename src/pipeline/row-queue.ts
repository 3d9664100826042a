import type { DnsBatch } from '../batch/dns-batch.ts'

/** A batch with rows that wait. Its memory may move to another batch meanwhile, so rows go by this. */
export interface Holder {
  batch: DnsBatch
}

const ROOM_FIRST = 1024
/** Steps a row goes back in the line to its place; one that comes later than that goes to the heap. */
const NEAR = 32

/**
 * Rows waiting for their turn, by (time, input, position), so that what comes out does not depend on the order of going
 * in. Rows alike in all three (two messages of one packet) come out as they went in.
 *
 * Most rows come nearly in order: those stand in a line, a new one a few steps from its end. The others stand in a
 * binary heap, so that no order of coming costs more than the logarithm of how many wait.
 */
export class RowQueue<H extends Holder> {
  /** What {@link pop} took. */
  holder!: H
  row = 0
  size = 0
  /** Time of the first row; infinite where there is none. */
  firstMs = Number.POSITIVE_INFINITY
  /** Of each slot; the serial is the order of going in. */
  private readonly holders: (H | undefined)[] = []
  private rows = new Uint32Array(ROOM_FIRST)
  private times = new Float64Array(ROOM_FIRST)
  private serials = new Float64Array(ROOM_FIRST)
  private serial = 0
  /** Slots given back, the last one on top, and the first one never used. */
  private free = new Int32Array(ROOM_FIRST)
  private freeCount = 0
  private fresh = 0
  /** A ring of slots, earliest first, `length` of them from `head` on. */
  private line = new Int32Array(ROOM_FIRST)
  private head = 0
  private length = 0
  private readonly heap: number[] = []

  push(holder: H, row: number): void {
    if (this.freeCount === 0 && this.fresh === this.line.length) this.grow()
    const slot = this.freeCount > 0 ? this.free[--this.freeCount] : this.fresh++
    const timeMs = holder.batch.timeMs[row]
    this.holders[slot] = holder
    this.rows[slot] = row
    this.times[slot] = timeMs
    this.serials[slot] = this.serial++
    this.size++
    if (timeMs < this.firstMs) this.firstMs = timeMs
    if (!this.stepIn(slot)) this.pushHeap(slot)
  }

  /** Takes the first row out, of which there must be one: into {@link holder} and {@link row}. */
  pop(): void {
    const slot = this.first()
    if (this.length > 0 && this.line[this.head] === slot) {
      this.head = (this.head + 1) & (this.line.length - 1)
      this.length--
    } else {
      this.popHeap()
    }
    this.size--
    this.holder = this.holders[slot]!
    this.holders[slot] = undefined
    this.row = this.rows[slot]
    this.free[this.freeCount++] = slot
    this.firstMs = this.size === 0 ? Number.POSITIVE_INFINITY : this.times[this.first()]
  }

  private first(): number {
    if (this.length === 0) return this.heap[0]
    const slot = this.line[this.head]
    return this.heap.length > 0 && this.isBefore(this.heap[0], slot) ? this.heap[0] : slot
  }

  /** Puts the slot into the line; false where its place is too far from the end. */
  private stepIn(slot: number): boolean {
    const { line, head, length } = this
    const mask = line.length - 1
    const nearest = Math.max(0, length - NEAR)
    let place = length
    while (place > nearest && this.isBefore(slot, line[(head + place - 1) & mask])) place--
    if (place === nearest && nearest > 0 && this.isBefore(slot, line[(head + place - 1) & mask])) return false
    for (let at = length; at > place; at--) line[(head + at) & mask] = line[(head + at - 1) & mask]
    line[(head + place) & mask] = slot
    this.length++
    return true
  }

  private isBefore(a: number, b: number): boolean {
    const { times } = this
    return times[a] === times[b] ? this.isBeforeAtOnce(a, b) : times[a] < times[b]
  }

  /** Of two rows of the same time. */
  private isBeforeAtOnce(a: number, b: number): boolean {
    const { batch: one } = this.holders[a]!
    const { batch: other } = this.holders[b]!
    const row = this.rows[a]
    const otherRow = this.rows[b]
    if (one.input[row] !== other.input[otherRow]) return one.input[row] < other.input[otherRow]
    if (one.position[row] !== other.position[otherRow]) return one.position[row] < other.position[otherRow]
    return this.serials[a] < this.serials[b]
  }

  private pushHeap(slot: number): void {
    const { heap } = this
    let at = heap.length
    heap.push(slot)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.isBefore(slot, heap[parent])) break
      heap[at] = heap[parent]
      at = parent
    }
    heap[at] = slot
  }

  private popHeap(): void {
    const { heap } = this
    const slot = heap.pop()!
    const size = heap.length
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      if (child + 1 < size && this.isBefore(heap[child + 1], heap[child])) child++
      if (this.isBefore(slot, heap[child])) break
      heap[at] = heap[child]
      at = child
    }
    if (size > 0) heap[at] = slot
  }

  private grow(): void {
    const room = this.line.length * 2
    const line = new Int32Array(room)
    for (let i = 0; i < this.length; i++) line[i] = this.line[(this.head + i) & (this.line.length - 1)]
    this.line = line
    this.head = 0
    this.rows = grown(this.rows, new Uint32Array(room))
    this.times = grown(this.times, new Float64Array(room))
    this.serials = grown(this.serials, new Float64Array(room))
    this.free = grown(this.free, new Int32Array(room))
  }
}

function grown<T extends Uint32Array | Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from)
  return to
}
