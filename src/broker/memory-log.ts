import type { Message } from './broker.ts'

/** Messages handed to a reader together. */
const SLICE_MAX = 1000

/** One partition of a topic in memory: messages in order, and who waits for more of them, or for room. */
export class MemoryLog {
  first: number
  private messages: Message[] = []
  private readonly unreadMax: number
  private waiters: (() => void)[] = []

  /** Without `unreadMax` everything is kept. `first` is the offset of the first message: a stream may go on where one before it ended. */
  constructor(unreadMax = Number.POSITIVE_INFINITY, first = 0) {
    this.unreadMax = unreadMax
    this.first = first
  }

  get next(): number {
    return this.first + this.messages.length
  }

  get isFull(): boolean {
    return this.messages.length >= this.unreadMax
  }

  append(message: Message): void {
    this.messages.push(message)
    this.wake()
  }

  slice(from: number, to: number): readonly Message[] {
    const at = from - this.first
    return this.messages.slice(at, Math.min(at + SLICE_MAX, to - this.first))
  }

  /** Drops what lies before `offset`. */
  forget(offset: number): void {
    const count = offset - this.first
    if (count <= 0) return
    this.messages = this.messages.slice(count)
    this.first = offset
    this.wake()
  }

  /** Resolves when there is room again. */
  async room(): Promise<void> {
    while (this.isFull) await this.change()
  }

  /** Resolves when something was written, dropped, or somebody called {@link wake}. */
  change(): Promise<void> {
    return new Promise((resolve) => this.waiters.push(resolve))
  }

  wake(): void {
    const { waiters } = this
    this.waiters = []
    for (const waiter of waiters) waiter()
  }
}
