import type { FlowBatch } from '../../batch/flow-batch.ts'
import { dottedValue, jsonLine, ownValue, parseJsonLine } from '../logs/json-line.ts'
import { countProblem } from '../logs/log-problem.ts'
import type { LineParser } from '../logs/read-batches.ts'
import type { InputCounts } from '../source.ts'
import { CONN_FIELDS, type ConnCells } from './conn-fields.ts'
import { appendConn } from './conn-row.ts'

/** Zeek's conn.log as one JSON object a line. */
export class ConnJsonParser implements LineParser<FlowBatch> {
  private readonly input: number
  private readonly counts: InputCounts

  constructor(input: number, counts: InputCounts) {
    this.input = input
    this.counts = counts
  }

  line(bytes: Uint8Array, start: number, end: number, position: number, batch: FlowBatch): void {
    if (start === end) return
    const object = parseJsonLine(bytes, start, end)
    if (!object) {
      countProblem(this.counts, jsonLine.problem)
      return
    }
    const path = ownValue(object, '_path')
    if (path !== undefined && path !== 'conn') {
      this.counts.skipped++
      return
    }
    const cells: ConnCells = {}
    for (const name of CONN_FIELDS) {
      const value = dottedValue(object, name)
      if (typeof value === 'string' || typeof value === 'number') cells[name] = String(value)
    }
    appendConn(cells, batch, this.input, position, this.counts)
  }
}
