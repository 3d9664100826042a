import type { FlowBatch } from '../../batch/flow-batch.ts'
import { countProblem } from '../logs/log-problem.ts'
import type { LineParser } from '../logs/read-batches.ts'
import { ZeekHeader } from '../logs/zeek-header.ts'
import type { InputCounts } from '../source.ts'
import { CONN_DEFAULT, CONN_FIELD_OF_NAME, CONN_FIELDS, type ConnCells } from './conn-fields.ts'
import { appendConn } from './conn-row.ts'

const HASH_SIGN = 0x23
/** Longer lines are no flow: the widest conn.log has some thirty short columns. */
const LINE_MAX = 16_384

/** Zeek's conn.log with tab-separated columns, read by the names in its header. */
export class ConnTsvParser implements LineParser<FlowBatch> {
  private readonly input: number
  private readonly counts: InputCounts
  private readonly header = new ZeekHeader('conn', CONN_FIELD_OF_NAME)

  constructor(input: number, counts: InputCounts) {
    this.input = input
    this.counts = counts
  }

  line(bytes: Uint8Array, start: number, end: number, position: number, batch: FlowBatch): void {
    if (start === end) return
    const { header, counts } = this
    if (end - start > LINE_MAX) {
      countProblem(counts, 'line-too-long')
      return
    }
    const line = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')
    if (bytes[start] === HASH_SIGN) {
      if (!header.read(line)) countProblem(counts, 'header-invalid')
      return
    }
    if (!header.own) {
      counts.skipped++
      return
    }
    if (header.columns.length === 0) {
      countProblem(counts, 'header-missing')
      header.setFields(CONN_DEFAULT)
    }
    const values = line.split(String.fromCharCode(header.separator))
    const excess = values.length - header.columns.length
    if (excess !== 0) countProblem(counts, excess < 0 ? 'columns-missing' : 'columns-excess')
    if (excess >= 0) appendConn(this.cells(values), batch, this.input, position, counts)
  }

  private cells(values: readonly string[]): ConnCells {
    const { columns, unset, empty } = this.header
    const [none, blank] = [Buffer.from(unset).toString('latin1'), Buffer.from(empty).toString('latin1')]
    const cells: ConnCells = {}
    columns.forEach((field, i) => {
      if (field < 0 || values[i] === none) return
      cells[CONN_FIELDS[field]] = values[i] === blank ? '' : values[i]
    })
    return cells
  }
}
