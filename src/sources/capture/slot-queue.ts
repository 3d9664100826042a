/** Slots in order of arrival, in typed arrays; any of them can leave in constant time. A slot is in one queue at most. */
export class SlotQueue {
  /** The oldest, or -1. */
  head = -1
  private tail = -1
  /** Two words a slot: the next younger one, the next older one. */
  private readonly links: Int32Array

  constructor(capacity: number) {
    this.links = new Int32Array(capacity * 2)
  }

  /** The next younger one, or -1. */
  after(slot: number): number {
    return this.links[slot * 2]
  }

  push(slot: number): void {
    const { links, tail } = this
    links[slot * 2] = -1
    links[slot * 2 + 1] = tail
    if (tail < 0) this.head = slot
    else links[tail * 2] = slot
    this.tail = slot
  }

  remove(slot: number): void {
    const { links } = this
    const newer = links[slot * 2]
    const older = links[slot * 2 + 1]
    if (older < 0) this.head = newer
    else links[older * 2] = newer
    if (newer < 0) this.tail = older
    else links[newer * 2 + 1] = older
  }
}
