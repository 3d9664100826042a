import { FlowBatch } from '../../batch/flow-batch.ts'
import type { InputFile } from '../input-file.ts'
import { LineReader } from '../logs/line-reader.ts'
import { readBatches } from '../logs/read-batches.ts'
import type { InputCounts } from '../source.ts'
import { ConnJsonParser } from './conn-json.ts'
import { ConnTsvParser } from './conn-tsv.ts'

/** Kinds of input that hold flows, and what reads their lines. */
const PARSERS = { 'zeek-conn': ConnTsvParser, 'zeek-conn-json': ConnJsonParser } as const
export type FlowType = keyof typeof PARSERS

/** Whether inputs of this type hold flows rather than DNS. */
export function isFlowType(type: string): type is FlowType {
  return Object.hasOwn(PARSERS, type)
}

/** Flows of one input, in the order of its lines: a flow is written when it ends, so that times go back and forth. */
export class FlowSource {
  readonly name: string
  private readonly file: InputFile
  private readonly type: FlowType
  private readonly counts: InputCounts

  constructor(file: InputFile, type: FlowType, counts: InputCounts) {
    this.name = file.label
    this.file = file
    this.type = type
    this.counts = counts
  }

  /** Batches of at least one row, each valid until the next is asked for. Hostile content is counted, never thrown. */
  read(signal: AbortSignal): AsyncGenerator<FlowBatch> {
    const { file, counts, type } = this
    const parser = new PARSERS[type](file.index, counts)
    return readBatches({ file, counts, lines: new LineReader() }, parser, new FlowBatch(), signal)
  }
}
