import { BATCH_ROWS, type DnsBatch, MARK } from '../../src/batch/dns-batch.ts'
import { openSources } from '../../src/sources/index.ts'
import type { InputFile } from '../../src/sources/input-file.ts'
import type { InputType } from '../../src/sources/inputs/input-type.ts'
import type { InputCounts } from '../../src/sources/source.ts'
import { demand } from './target.ts'

const OPTIONS = { ports: [], responseWaitMs: 5000 }
const { signal } = new AbortController()

/** Reads an input of one type to its end as a scan does and holds what it gives against the contract of sources. */
export async function readSource(type: InputType, bytes: Uint8Array): Promise<InputCounts> {
  const { timed, untimed, counts } = await openSources({ inputs: [{ file: chunked(bytes), type }] }, OPTIONS)
  let rows = 0
  for (const source of [...timed, ...untimed]) {
    for await (const batch of source.read(signal)) {
      checkBatch(batch, source.timed, type)
      rows += batch.rows
    }
  }
  const [own] = counts
  demand(own.rows === rows, `${rows} rows, counted as ${own.rows}`)
  demand(own.messages === own.queries + own.responses, `messages are not queries and responses: ${JSON.stringify(own)}`)
  demand(rows <= own.messages, `more rows than messages: ${JSON.stringify(own)}`)
  for (const [reason, count] of Object.entries(own.malformed)) demand(count > 0, `${reason} counted ${count} times`)
  return own
}

/** The content in chunks whose size follows from it, so that a saved input replays as it ran. */
function chunked(bytes: Uint8Array): InputFile {
  const sum = bytes.length + (bytes[bytes.length >> 1] ?? 0)
  const size = sum % 3 === 0 ? Number.POSITIVE_INFINITY : sum % 3 === 1 ? 4096 : 64 + (sum % 61)
  return {
    index: 3,
    label: 'fuzz',
    path: 'fuzz',
    writtenMs: Date.UTC(2026, 10, 27),
    async *chunks() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, Math.min(at + size, bytes.length))
    },
  }
}

function checkBatch(batch: DnsBatch, timed: boolean, type: InputType): void {
  demand(batch.rows > 0 && batch.rows <= BATCH_ROWS, `a batch of ${batch.rows} rows`)
  for (let row = 0; row < batch.rows; row++) {
    const length = batch.nameLength[row]
    const end = batch.nameStart[row] + length
    demand(end <= batch.arenaLength && length < 255, 'a name past its arena')
    let labels = 0
    let at = batch.nameStart[row]
    for (; at < end; at += 1 + batch.arena[at]) {
      demand(batch.arena[at] > 0 && batch.arena[at] < 64, 'a label of no length or of 64 octets')
      labels++
    }
    demand(at === end && labels === batch.labelCount[row], 'labels that are not the name')
    demand((batch.marks[row] & (MARK.query | MARK.response)) !== 0, 'a row of neither query nor response')
    const timeMs = batch.timeMs[row]
    // A simple packet of pcapng with none before it has no time; the pipeline gives it one.
    const without = !timed || type === 'pcapng'
    demand((timed && Number.isFinite(timeMs)) || (without && Number.isNaN(timeMs)), `a time of ${timeMs}`)
    demand(batch.input[row] === 3, 'a row of another input')
  }
}
