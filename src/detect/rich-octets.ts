import type { DomainState } from './domain-state.ts'
import type { RichStore } from './rich-store.ts'

/** The memory of one partition's rich domains, kept up to date by measuring only those that changed. */
export class RichOctets {
  private total = 0
  /** The store that was measured: another one (of a snapshot) is measured as a whole. */
  private measured: RichStore | undefined
  private readonly sizes = new Map<DomainState, number>()
  private readonly changed = new Set<DomainState>()
  private last: DomainState | undefined

  /** The domain is new, or may have grown. */
  touch(state: DomainState): void {
    if (state === this.last) return
    this.last = state
    this.changed.add(state)
  }

  /** The domain is no longer in the store. */
  forget(state: DomainState): void {
    this.total -= this.sizes.get(state) ?? 0
    this.sizes.delete(state)
    this.changed.delete(state)
    if (this.last === state) this.last = undefined
  }

  /** Everything may have shrunk. */
  forgetAll(): void {
    this.measured = undefined
  }

  /** Octets of all domains in the store. */
  of(rich: RichStore): number {
    if (this.measured !== rich) {
      this.measured = rich
      this.total = 0
      this.sizes.clear()
      this.changed.clear()
      for (const state of rich.values()) this.changed.add(state)
    }
    for (const state of this.changed) {
      const size = state.sizeBytes
      this.total += size - (this.sizes.get(state) ?? 0)
      this.sizes.set(state, size)
    }
    this.changed.clear()
    this.last = undefined
    return this.total
  }
}
