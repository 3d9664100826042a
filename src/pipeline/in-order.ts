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

/**
 * Rows in front of their turn. They stay in the batch they came in; what its source goes on with is another's memory.
 * The loops over rows are methods of their own: inside a generator they would be compiled again with each part of it.
 */
class Merge {
  /** Rows whose turn it was. */
  readonly out = new DnsBatch()
  private readonly queue = new RowQueue<Held>()
  private readonly free: DnsBatch[] = []
  private readonly watermarkMs: number
  private readonly waitingMax: number
  private newestMs = Number.NEGATIVE_INFINITY
  private passedMs = Number.NEGATIVE_INFINITY

  constructor(watermarkMs: number, waitingMax: number) {
    this.watermarkMs = watermarkMs
    this.waitingMax = waitingMax
  }

  /** Takes the cursor's rows before `end`, as far as `out` has room for those whose turn comes. */
  take(cursor: Cursor, end: number): void {
    while (this.emitDue() && cursor.row < end) this.add(cursor.held, cursor.row++)
  }

  /** Moves rows to `out` until it is full or none waits; false where it stays empty. */
  emitRest(): boolean {
    while (this.queue.size > 0 && !this.out.full) this.emit()
    return this.out.rows > 0
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

  private add(held: Held, row: number): void {
    const { batch } = held
    let timeMs = batch.timeMs[row]
    if (Number.isNaN(timeMs)) timeMs = batch.timeMs[row] = Number.isFinite(this.newestMs) ? this.newestMs : 0
    if (timeMs > this.newestMs) this.newestMs = timeMs
    if (timeMs < this.passedMs) batch.marks[row] |= MARK.late
    held.waiting++
    this.queue.push(held, row)
  }

  /** Moves the rows whose turn it is; false where `out` is full. */
  private emitDue(): boolean {
    const { queue, out } = this
    // Strictly past: a row exactly as late as the watermark allows still sorts among its equals.
    while (!out.full && (queue.firstMs < this.newestMs - this.watermarkMs || queue.size > this.waitingMax)) {
      this.passedMs = Math.max(this.passedMs, queue.firstMs)
      this.emit()
    }
    return !out.full
  }

  /** Moves the first row to the end of `out`. */
  private emit(): void {
    const { queue } = this
    queue.pop()
    const held = queue.holder
    copyRow(held.batch, queue.row, this.out)
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
  const merge = new Merge(watermarkMs, waitingMax)
  const { out } = merge
  while (cursors.length > 0) {
    const cursor = earliest(cursors)
    // With one source left nothing else can be earlier; else one row, and the sources are compared again.
    const end = cursors.length === 1 ? cursor.held.batch.rows : cursor.row + 1
    for (merge.take(cursor, end); out.full; merge.take(cursor, end)) {
      yield out
      out.clear()
    }
    if (cursor.row === cursor.held.batch.rows) {
      merge.keep(cursor.held)
      if (!(await refill(cursor))) cursors.splice(cursors.indexOf(cursor), 1)
    }
  }
  while (merge.emitRest()) {
    yield out
    out.clear()
  }
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
