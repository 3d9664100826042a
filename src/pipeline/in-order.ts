import { copyRow } from '../batch/copy-row.ts'
import { DnsBatch, MARK } from '../batch/dns-batch.ts'
import type { Source } from '../sources/source.ts'
import { RowQueue } from './row-queue.ts'

/** Rows wait this much event time for earlier ones (DESIGN.md 3: 10 s on files). */
export const FILE_WATERMARK_MS = 10_000

/** Rows that may wait at once. More in 10 s than this, or times that stand still, go out before they are settled. */
const WAITING_MAX = 1 << 17
/** Empty batches kept for reuse; a shower of them must not be held for ever. */
const FREE_MAX = 2

/** A source's batch, and how many of its rows wait. */
class Held {
  batch: DnsBatch
  waiting = 0
  /** Whether the batch is ours, to be used again when no row of it waits any more. */
  isOurs = false

  constructor(batch: DnsBatch) {
    this.batch = batch
  }
}

/** How far a source is read. */
interface Cursor {
  readonly iterator: AsyncIterator<DnsBatch>
  held: Held
  row: number
}

/** Rows in front of their turn. They stay in the batch they came in; what its source goes on with is another's memory. */
class Waiting {
  readonly queue: RowQueue<Held> = new RowQueue()
  private readonly free: DnsBatch[] = []

  add(held: Held, row: number): void {
    held.waiting++
    this.queue.push(held, row)
  }

  /** Keeps the rows that still wait, before the source is asked for the next batch. */
  keep(held: Held): void {
    if (held.waiting === 0) return
    const at = this.free.findIndex((batch) => batch.capacity >= held.batch.capacity)
    const ours = at < 0 ? new DnsBatch(held.batch.capacity) : this.free.splice(at, 1)[0]
    ours.trade(held.batch)
    held.batch = ours
    held.isOurs = true
  }

  /** Moves the first row to the end of `out`. */
  emit(out: DnsBatch): void {
    const { queue } = this
    queue.pop()
    const held = queue.holder
    copyRow(held.batch, queue.row, out)
    held.waiting--
    if (held.waiting > 0 || !held.isOurs) return
    held.batch.clear()
    if (this.free.length < FREE_MAX) this.free.push(held.batch)
  }
}

/**
 * Merges timed sources into batches in order of event time. A row waits until the newest time seen is `watermarkMs`
 * past its own; one that comes after its turn is marked late and goes out at once, to be charged at the watermark. Rows
 * without a time inside a timed source take the newest time seen. At most `waitingMax` rows wait, so that a capture whose
 * clock stands still cannot fill the memory.
 */
export async function* inOrder(
  sources: readonly Source[],
  watermarkMs: number,
  signal: AbortSignal,
  waitingMax: number = WAITING_MAX,
): AsyncGenerator<DnsBatch> {
  const cursors: Cursor[] = []
  for (const source of sources) {
    const cursor = { iterator: source.read(signal)[Symbol.asyncIterator](), held: new Held(new DnsBatch(1)), row: 0 }
    if (await refill(cursor)) cursors.push(cursor)
  }
  const waiting = new Waiting()
  const { queue } = waiting
  const out = new DnsBatch()
  let newestMs = Number.NEGATIVE_INFINITY
  let passedMs = Number.NEGATIVE_INFINITY
  while (cursors.length > 0) {
    const cursor = earliest(cursors)
    const { held } = cursor
    const { batch } = held
    do {
      const row = cursor.row++
      let timeMs = batch.timeMs[row]
      if (Number.isNaN(timeMs)) timeMs = batch.timeMs[row] = Number.isFinite(newestMs) ? newestMs : 0
      if (timeMs > newestMs) newestMs = timeMs
      if (timeMs < passedMs) batch.marks[row] |= MARK.late
      waiting.add(held, row)
      // Strictly past: a row exactly as late as the watermark allows still sorts among its equals.
      while (queue.firstMs < newestMs - watermarkMs || queue.size > waitingMax) {
        passedMs = Math.max(passedMs, queue.firstMs)
        waiting.emit(out)
        if (out.full) {
          yield out
          out.clear()
        }
      }
    } while (cursors.length === 1 && cursor.row < batch.rows)
    if (cursor.row === batch.rows) {
      waiting.keep(held)
      if (!(await refill(cursor))) cursors.splice(cursors.indexOf(cursor), 1)
    }
  }
  while (queue.size > 0) {
    waiting.emit(out)
    if (out.full) {
      yield out
      out.clear()
    }
  }
  if (out.rows > 0) yield out
}

async function refill(cursor: Cursor): Promise<boolean> {
  const next = await cursor.iterator.next()
  if (next.done) return false
  cursor.held = new Held(next.value)
  cursor.row = 0
  return true
}

function earliest(cursors: readonly Cursor[]): Cursor {
  let first = cursors[0]
  for (const cursor of cursors) {
    // A row without a time takes the newest: whoever waited for its turn would wait for the end of all others.
    if (Number.isNaN(cursor.held.batch.timeMs[cursor.row])) return cursor
    if (isBefore(cursor, first)) first = cursor
  }
  return first
}

/** Order of sources by their next rows: time, then rank of the input, then position in it. */
function isBefore(a: Cursor, b: Cursor): boolean {
  const one = a.held.batch
  const other = b.held.batch
  const time = one.timeMs[a.row] - other.timeMs[b.row]
  if (time !== 0) return time < 0
  const input = one.input[a.row] - other.input[b.row]
  if (input !== 0) return input < 0
  return one.position[a.row] < other.position[b.row]
}
