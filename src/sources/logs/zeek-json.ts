import type { InputFile } from '../input-file.ts'
import type { InputCounts, SourceOptions } from '../source.ts'
import { type LineParser, LogSource } from './log-source.ts'
import { ZeekJsonParser } from './zeek-json-parser.ts'

/** Zeek's dns.log as one JSON object a line. Fields that are unset are left out there, so each line stands alone. */
export class ZeekJsonSource extends LogSource {
  constructor(file: InputFile, counts: InputCounts, _options: SourceOptions, timed = true) {
    super(file, counts, timed)
  }

  protected override open(): LineParser {
    return new ZeekJsonParser(this.file.index, this.counts, this.timed)
  }
}
