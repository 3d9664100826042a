/** Work that is done one after the other, in the order it came. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve()

  /** Does `work` when all before it is done; what it throws is its own, and holds up nobody. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work)
    this.last = mine.catch(() => undefined)
    return mine
  }
}
