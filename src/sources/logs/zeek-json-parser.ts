import type { DnsBatch } from '../../batch/dns-batch.ts'
import { growBytes } from '../../batch/grow.ts'
import type { InputCounts } from '../source.ts'
import { dottedValue, type JsonObject, jsonLine, ownValue, parseJsonLine } from './json-line.ts'
import { countProblem } from './log-problem.ts'
import { LogRow } from './log-row.ts'
import type { LineParser } from './log-source.ts'
import { ABSENT, FIELD, FIELD_OF_NAME, newCells, UNSET } from './zeek-fields.ts'
import { fillZeekRow, type ZeekView } from './zeek-row.ts'
import { ANSWERS_MAX } from './zeek-tsv.ts'

/** Fields Zeek writes in every line, or only with a response: one of them says that the log would show answers. */
const ANSWER_SIDE = ['rcode', 'rcode_name', 'answers', 'AA', 'RA', 'rejected']

const CELL_FIELDS = [...FIELD_OF_NAME].filter(([, field]) => field !== FIELD.answers && field !== FIELD.ttls)

/** Reads objects of Zeek's dns.log: lines of a file, or values of messages. */
export class ZeekJsonParser implements LineParser {
  private readonly input: number
  private readonly counts: InputCounts
  private readonly shows: ZeekView
  private readonly hides: ZeekView
  private readonly cells = newCells()
  private readonly row = new LogRow()
  private scratch: Uint8Array = new Uint8Array(4096)
  private used = 0

  constructor(input: number, counts: InputCounts, timed: boolean) {
    this.input = input
    this.counts = counts
    this.shows = { timed, namesOnly: false, counts }
    this.hides = { timed, namesOnly: true, counts }
  }

  line(bytes: Uint8Array, start: number, end: number, position: number, batch: DnsBatch): void {
    if (isBlank(bytes, start, end)) return
    const object = parseJsonLine(bytes, start, end)
    if (!object) {
      countProblem(this.counts, jsonLine.problem)
      return
    }
    this.object(object, position, batch)
  }

  /** Appends the row of an object that {@link parseJsonLine} gave last. */
  object(object: JsonObject, position: number, batch: DnsBatch): void {
    const path = ownValue(object, '_path')
    if (path !== undefined && path !== 'dns') {
      this.counts.skipped++
      return
    }
    this.used = 0
    for (const [name, field] of CELL_FIELDS) this.setCell(field, dottedValue(object, name))
    this.cells.bytes = this.scratch
    const shows = ANSWER_SIDE.some((name) => Object.hasOwn(object, name))
    this.unsetQuestion(object)
    if (!fillZeekRow(this.cells, this.row, shows ? this.shows : this.hides)) return
    this.readAnswers(object)
    this.row.appendTo(batch, this.input, position)
  }

  /**
   * Zeek always writes AA and RD: such a line is whole, and a type or class it lacks is unset, not a column somebody
   * left out. That is how zeek-row.ts knows a response nobody asked for.
   */
  private unsetQuestion(object: JsonObject): void {
    const { ends } = this.cells
    if (!Object.hasOwn(object, 'AA') || !Object.hasOwn(object, 'RD')) return
    if (ends[FIELD.qtype] === ABSENT && ends[FIELD.qtypeName] === ABSENT) ends[FIELD.qtype] = UNSET
    if (ends[FIELD.qclass] === ABSENT) ends[FIELD.qclass] = UNSET
  }

  private setCell(field: number, value: unknown): void {
    if (value === undefined || value === null || typeof value === 'object') {
      this.cells.ends[field] = ABSENT
      return
    }
    this.cells.starts[field] = this.used
    this.cells.ends[field] = this.write(String(value))
  }

  /** Appends text to the scratch octets and returns where it ends. */
  private write(text: string): number {
    const need = this.used + text.length * 3
    if (need > this.scratch.length) this.cells.bytes = this.scratch = growBytes(this.scratch, need)
    const view = Buffer.from(this.scratch.buffer, this.used, this.scratch.length - this.used)
    this.used += view.write(text, jsonLine.encoding)
    return this.used
  }

  private readAnswers(object: JsonObject): void {
    const answers = ownValue(object, 'answers')
    if (Array.isArray(answers)) {
      if (answers.length > ANSWERS_MAX) countProblem(this.counts, 'answers-excess')
      for (const answer of answers.slice(0, ANSWERS_MAX)) {
        if (typeof answer !== 'string' || answer === '') continue
        const start = this.used
        const end = this.write(answer)
        this.row.answers.add(this.scratch, start, end, this.row.qtype)
      }
    }
    const ttls = ownValue(object, 'TTLs')
    if (!Array.isArray(ttls)) return
    const known = ttls.slice(0, ANSWERS_MAX).filter((ttl) => typeof ttl === 'number' && ttl >= 0 && ttl <= 0xffffffff)
    if (known.length > 0) this.row.ttlMinSeconds = Math.min(...known)
  }
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] > 0x20) return false
  return true
}
