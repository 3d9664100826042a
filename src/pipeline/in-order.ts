import { copyRow } from '../batch/copy-row.ts'
import { DnsBatch, MARK } from '../batch/dns-batch.ts'
import type { Source } from '../sources/source.ts'
import { isBefore, RowHeap } from './row-heap.ts'

/** Rows wait this much event time for earlier ones (DESIGN.md 3: 10 s on files). */
export const FILE_WATERMARK_MS = 10_000

/** Rows that may wait at once. More in 10 s than this, or times that stand still, go out before they are settled. */
const WAITING_MAX = 1 << 17
/** Empty batches kept for reuse; a shower of them must not be held for ever. */
const FREE_MAX = 2

/** A source's batch and how far it is read. */
interface Cursor {
  readonly iterator: AsyncIterator<DnsBatch>
  batch: DnsBatch
  row: number
}

/** Batches that hold waiting rows, recycled when all of theirs are gone. */
class Staging {
  private readonly waiting = new Map<DnsBatch, number>()
  private readonly free: DnsBatch[] = []
  private open: DnsBatch = new DnsBatch()

  /** Copies a row here and returns its index in {@link current}. */
  keep(from: DnsBatch, row: number): number {
    if (this.open.full) this.openNext()
    const kept = copyRow(from, row, this.open)
    this.waiting.set(this.open, (this.waiting.get(this.open) ?? 0) + 1)
    return kept
  }

  get current(): DnsBatch {
    return this.open
  }

  release(batch: DnsBatch): void {
    const left = (this.waiting.get(batch) ?? 0) - 1
    this.waiting.set(batch, left)
    if (left === 0 && batch !== this.open) this.recycle(batch)
  }

  /** The full batch may have no rows waiting any more: then nobody will release it again. */
  private openNext(): void {
    if (this.waiting.get(this.open) === 0) this.recycle(this.open)
    this.open = this.free.pop() ?? new DnsBatch()
  }

  private recycle(batch: DnsBatch): void {
    this.waiting.delete(batch)
    batch.clear()
    if (this.free.length < FREE_MAX) this.free.push(batch)
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
    const cursor = { iterator: source.read(signal)[Symbol.asyncIterator](), batch: new DnsBatch(1), row: 0 }
    if (await refill(cursor)) cursors.push(cursor)
  }
  const heap = new RowHeap()
  const staging = new Staging()
  const out = new DnsBatch()
  let newestMs = Number.NEGATIVE_INFINITY
  let passedMs = Number.NEGATIVE_INFINITY
  while (cursors.length > 0) {
    const cursor = earliest(cursors)
    const { batch } = cursor
    do {
      const row = cursor.row++
      let timeMs = batch.timeMs[row]
      if (Number.isNaN(timeMs)) timeMs = batch.timeMs[row] = Number.isFinite(newestMs) ? newestMs : 0
      if (timeMs > newestMs) newestMs = timeMs
      if (timeMs < passedMs) batch.marks[row] |= MARK.late
      const kept = staging.keep(batch, row)
      heap.push(staging.current, kept)
      // Strictly past: a row exactly as late as the watermark allows still sorts among its equals.
      while (heap.firstMs < newestMs - watermarkMs || heap.size > waitingMax) {
        passedMs = Math.max(passedMs, heap.firstMs)
        emit(heap, staging, out)
        if (out.full) {
          yield out
          out.clear()
        }
      }
    } while (cursors.length === 1 && cursor.row < batch.rows)
    if (cursor.row === batch.rows && !(await refill(cursor))) cursors.splice(cursors.indexOf(cursor), 1)
  }
  while (heap.size > 0) {
    emit(heap, staging, out)
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
  cursor.batch = next.value
  cursor.row = 0
  return true
}

function earliest(cursors: readonly Cursor[]): Cursor {
  let first = cursors[0]
  for (const cursor of cursors) {
    if (isBefore(cursor.batch, cursor.row, first.batch, first.row)) first = cursor
  }
  return first
}

function emit(heap: RowHeap, staging: Staging, out: DnsBatch): void {
  const { batch, row } = heap.pop()
  copyRow(batch, row, out)
  staging.release(batch)
}
