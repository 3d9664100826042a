import type { TailPosition } from '../../sources/live/tail-position.ts'

/** A position is safe to come back to once queries read before it have had their answers, and are in what is kept. */
const SETTLED_MS = 7000
/** Places remembered of a log: enough for {@link SETTLED_MS} of looks. */
const KEPT_MAX = 64

/** How far followed logs were read, now and a few seconds ago. */
export class ReadPositions {
  private readonly seen = new Map<string, { position: TailPosition; atMs: number }[]>()
  private readonly before: Readonly<Record<string, TailPosition>>

  /** `before` are those of the process before us. */
  constructor(before: Readonly<Record<string, TailPosition>>) {
    this.before = before
  }

  /** Where to go on with a log. */
  of(path: string): TailPosition | undefined {
    return this.before[path]
  }

  note(path: string, position: TailPosition, nowMs: number): void {
    const places = this.seen.get(path) ?? []
    this.seen.set(path, places)
    const last = places.at(-1)
    if (last && last.position.at === position.at && last.position.ino === position.ino) return
    places.push({ position, atMs: nowMs })
    if (places.length > KEPT_MAX) places.splice(1, 1)
    // Of those that are settled one is enough.
    while (places.length > 1 && nowMs - places[1].atMs >= SETTLED_MS) places.shift()
  }

  /** Places to come back to: those that are settled while more comes, the last ones at the end. */
  at(nowMs: number, isEnd: boolean): Record<string, TailPosition> {
    const found: Record<string, TailPosition> = { ...this.before }
    for (const [path, places] of this.seen) {
      const settled = places.findLast(({ atMs }) => isEnd || nowMs - atMs >= SETTLED_MS)
      if (settled) found[path] = settled.position
    }
    return found
  }
}
