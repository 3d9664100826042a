import type { BrokerWatcher } from '../broker.ts'

const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 5000

/** Tries again for ever what depends on a peer: a trouble is told once, and its end. */
export class Persistence {
  private readonly watcher: BrokerWatcher
  private readonly signal: AbortSignal
  private troubles = new Set<string>()

  constructor(watcher: BrokerWatcher, signal: AbortSignal) {
    this.watcher = watcher
    this.signal = signal
  }

  /** Does `work` until it succeeds; gives up only where the signal says so, with its reason. */
  async until<T>(what: string, work: () => Promise<T>): Promise<T> {
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)) {
      this.signal.throwIfAborted()
      try {
        const result = await work()
        this.isOver(what)
        return result
      } catch (error) {
        this.begins(what, (error as Error).message)
        await this.sleep(waitMs)
      }
    }
  }

  /** Says that something is wrong, unless that was said. */
  begins(what: string, cause: string): void {
    if (this.troubles.has(what)) return
    this.troubles.add(what)
    this.watcher.onTrouble(`${what}: ${cause.replace(/\.$/, '')}; it is tried again until it works.`)
  }

  /** Says what cannot be helped any more. */
  tell(sentence: string): void {
    this.watcher.onTrouble(sentence)
    if (this.troubles.size === 0) this.watcher.onRecovered()
  }

  /** Says that all is well again, once nothing is wrong any more. */
  isOver(what: string): void {
    if (this.troubles.delete(what) && this.troubles.size === 0) this.watcher.onRecovered()
  }

  sleep(ms: number): Promise<void> {
    const { signal } = this
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal.addEventListener('abort', done)
    })
  }
}
