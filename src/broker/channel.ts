/** Passes values from one async task to another, a few ahead at most: who is too fast waits. */
export class Channel<T> implements AsyncIterable<T> {
  private readonly ahead: number
  private readonly values: T[] = []
  private isOver = false
  private failure: { readonly error: unknown } | undefined
  private wakeReader: () => void = () => {}
  private wakeWriter: () => void = () => {}

  constructor(ahead = 1) {
    this.ahead = ahead
  }

  /** Hands a value over; resolves when there is room for another, or nobody reads any more. */
  async push(value: T): Promise<void> {
    if (this.isOver) return
    this.values.push(value)
    this.wakeReader()
    while (this.values.length > this.ahead && !this.isOver) {
      await new Promise<void>((done) => {
        this.wakeWriter = done
      })
    }
  }

  /** Nothing more comes; with an error, the reader gets it behind what was handed over. */
  end(failure?: { readonly error: unknown }): void {
    this.isOver = true
    this.failure ??= failure
    this.wakeReader()
    this.wakeWriter()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    try {
      for (;;) {
        const { values } = this
        if (values.length > 0) {
          yield values.shift()!
          this.wakeWriter()
        } else if (this.isOver) break
        else {
          await new Promise<void>((done) => {
            this.wakeReader = done
          })
        }
      }
    } finally {
      this.end()
    }
    if (this.failure) throw this.failure.error
  }
}
