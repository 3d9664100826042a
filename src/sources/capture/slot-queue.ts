/** Slots in order of arrival, in typed arrays; any of them can leave in constant time. A slot is in one queue at most. */
export class SlotQueue {
  /** The oldest, or -1. */
  head = -1
  private tail = -1
  private readonly newer: Int32Array
  private readonly older: Int32Array

  constructor(capacity: number) {
    this.newer = new Int32Array(capacity)
    this.older = new Int32Array(capacity)
  }

  /** The next younger one, or -1. */
  after(slot: number): number {
    return this.newer[slot]
  }

  push(slot: number): void {
    this.older[slot] = this.tail
    this.newer[slot] = -1
    if (this.tail < 0) this.head = slot
    else this.newer[this.tail] = slot
    this.tail = slot
  }

  remove(slot: number): void {
    const older = this.older[slot]
    const newer = this.newer[slot]
    if (older < 0) this.head = newer
    else this.newer[older] = newer
    if (newer < 0) this.tail = older
    else this.older[newer] = older
  }
}
