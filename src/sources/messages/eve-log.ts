import { type DnsBatch, MARK } from '../../batch/dns-batch.ts'
import type { InputFile } from '../input-file.ts'
import { type JsonObject, jsonLine, ownValue, parseJsonLine } from '../logs/json-line.ts'
import { countProblem } from '../logs/log-problem.ts'
import { type LineParser, LogSource } from '../logs/log-source.ts'
import { ExchangeJoin } from '../resolver-logs/exchange-join.ts'
import type { InputCounts, Source, SourceOptions } from '../source.ts'
import { readEvent, readResponse } from './eve.ts'
import { objectOf } from './object-values.ts'

/** Suricata's eve.json: its dns events, in all versions, each query joined to its answer by flow, id and name. */
class EveSource extends LogSource {
  private readonly waitMs: number

  constructor(file: InputFile, counts: InputCounts, { responseWaitMs }: SourceOptions) {
    super(file, counts, true)
    this.waitMs = responseWaitMs
  }

  protected override open(): LineParser {
    return new EveParser(this.counts, new ExchangeJoin(this.file.index, this.waitMs))
  }
}

export async function openEve(file: InputFile, counts: InputCounts, options: SourceOptions): Promise<Source> {
  return new EveSource(file, counts, options)
}

class EveParser implements LineParser {
  private readonly counts: InputCounts
  private readonly join: ExchangeJoin

  constructor(counts: InputCounts, join: ExchangeJoin) {
    this.counts = counts
    this.join = join
  }

  line(bytes: Uint8Array, start: number, end: number, position: number): void {
    if (start === end) return
    const object = parseJsonLine(bytes, start, end)
    if (!object) {
      countProblem(this.counts, jsonLine.problem)
      return
    }
    const { counts, join } = this
    const asked = join.take()
    asked.position = position
    const read = readEvent(object, asked.row)
    if (read === 'query') {
      counts.queries++
      counts.messages++
      join.ask(keyOf(object), asked)
      return
    }
    if (read !== 'response') {
      join.back(asked)
      if (read === 'nothing') counts.skipped++
      else countProblem(counts, read)
      return
    }
    const key = keyOf(object)
    const waiting = join.find(key, asked.row.timeMs)
    // Version 1 tells an answer in as many events as it has records.
    const isFirst = waiting === undefined || (waiting.row.marks & MARK.response) === 0
    if (isFirst) {
      counts.responses++
      counts.messages++
    }
    if (waiting === undefined) {
      join.pass(asked)
      return
    }
    const dns = objectOf(object, 'dns') as JsonObject
    if (isFirst) waiting.row.roundTripMs = Math.max(0, asked.row.timeMs - waiting.row.timeMs)
    readResponse(dns, waiting.row)
    if (!Object.hasOwn(dns, 'rdata')) join.answered(key, waiting)
    join.back(asked)
  }

  more(batch: DnsBatch, atEnd: boolean): boolean {
    return this.join.appendTo(batch, atEnd)
  }
}

/** What a query and its answer have in common, in every version. */
function keyOf(object: JsonObject): string {
  const dns = objectOf(object, 'dns') as JsonObject
  const queries = ownValue(dns, 'queries')
  const question: unknown = Array.isArray(queries) ? queries[0] : dns
  const name = ownValue(question as JsonObject, 'rrname')
  return `${ownValue(object, 'flow_id')}/${ownValue(dns, 'id')}/${String(name).toLowerCase().slice(0, 1100)}`
}
