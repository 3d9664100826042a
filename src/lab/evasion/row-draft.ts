import { copyRow } from '../../batch/copy-row.ts'
import { BATCH_ROWS, DnsBatch, MARK } from '../../batch/dns-batch.ts'
import { countLabels } from '../../dns/name.ts'
import type { Leaked, RowSource } from './staged.ts'

/** A row to be: an old one, at another time, under another name or without its answers. */
export interface RowDraft {
  readonly batch: DnsBatch
  readonly row: number
  readonly timeMs: number
  /** Wire form; the old row's name where it is missing. */
  readonly name?: Uint8Array
  /** Wire octets in front of the registered domain, for rows of the attack; missing for all others. */
  readonly prefixOctets?: number
  /** Answered as the old row was, but with nothing in the answer. */
  readonly bare?: boolean
}

/** All rows of a source, each as the draft of itself; captures of the lab are small enough to hold. */
export async function readDrafts(source: RowSource, signal: AbortSignal): Promise<RowDraft[]> {
  const drafts: RowDraft[] = []
  for await (const batch of source.read(signal)) {
    const kept = new DnsBatch(batch.rows)
    for (let row = 0; row < batch.rows; row++) {
      drafts.push({ batch: kept, row: copyRow(batch, row, kept), timeMs: batch.timeMs[row] })
    }
  }
  return drafts
}

/** The drafts as batches, in their order. */
export function* writeDrafts(drafts: readonly RowDraft[]): Generator<DnsBatch> {
  const out = new DnsBatch(Math.min(BATCH_ROWS, Math.max(1, drafts.length)))
  for (const draft of drafts) {
    const row = copyRow(draft.batch, draft.row, out)
    out.timeMs[row] = draft.timeMs
    if (draft.name) out.setName(row, draft.name, 0, draft.name.length, countLabels(draft.name, 0, draft.name.length))
    if (draft.bare) emptyAnswer(out, row)
    if (!out.full) continue
    yield out
    out.clear()
  }
  if (out.rows > 0) yield out
}

function emptyAnswer(batch: DnsBatch, row: number): void {
  batch.answerCount[row] = 0
  batch.answerAddressOctets[row] = 0
  batch.answerTextOctets[row] = 0
  batch.answerTargetOctets[row] = 0
  batch.answerRawOctets[row] = 0
  batch.answerHashLo[row] = 0
  batch.answerHashHi[row] = 0
  batch.targetCount[row] = 0
}

/** What the drafts of the attack let out; a question sent again lets out nothing and is not counted. */
export function leakedBy(drafts: readonly RowDraft[]): Leaked[] {
  const heard = new Set<string>()
  const leaked: Leaked[] = []
  for (const { batch, row, timeMs, name, prefixOctets } of drafts) {
    if (prefixOctets === undefined || (batch.marks[row] & MARK.retransmission) !== 0) continue
    const key = foldedText(name ?? nameOf(batch, row))
    // The last length octet stands where the dot before the domain would.
    leaked.push({ timeMs, prefixOctets: heard.has(key) ? 0 : Math.max(0, prefixOctets - 1), payloadOctets: 0 })
    heard.add(key)
  }
  return leaked
}

/** The row's name in wire form. */
export function nameOf(batch: DnsBatch, row: number): Uint8Array {
  const start = batch.nameStart[row]
  return batch.arena.subarray(start, start + batch.nameLength[row])
}

/** Octets as a Latin-1 string, ASCII letters in lower case: equal for names that DNS takes for one. */
export function foldedText(name: Uint8Array): string {
  return Buffer.from(name)
    .toString('latin1')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}
