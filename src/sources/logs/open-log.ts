import type { InputFile } from '../input-file.ts'
import { readHead } from '../inputs/open-input.ts'
import type { InputCounts, Source, SourceOptions } from '../source.ts'
import { CsvSource } from './csv.ts'
import { findCsvLayout } from './csv-layout.ts'
import { NamesSource } from './names.ts'
import { ZeekJsonSource } from './zeek-json.ts'
import { ZeekTsvSource } from './zeek-tsv.ts'

/** A log whose header leaves `ts` out (zeek-cut makes those) has no times. Without a header Zeek's columns are assumed. */
export async function openZeekTsv(file: InputFile, counts: InputCounts, options: SourceOptions): Promise<Source> {
  const fields = /^#fields.*$/m.exec(await headText(file))?.[0]
  return new ZeekTsvSource(file, counts, options, fields === undefined || /[^\w.]ts([^\w.]|$)/.test(fields))
}

export async function openZeekJson(file: InputFile, counts: InputCounts, options: SourceOptions): Promise<Source> {
  return new ZeekJsonSource(file, counts, options, /"ts"\s*:/.test(await headText(file)))
}

export async function openNames(file: InputFile, counts: InputCounts, options: SourceOptions): Promise<Source> {
  return new NamesSource(file, counts, options)
}

/** Resolves to a sentence where the table has no column of names. */
export async function openCsv(file: InputFile, counts: InputCounts, options: SourceOptions): Promise<Source | string> {
  const layout = findCsvLayout(await readHead(file), options.column)
  return typeof layout === 'string' ? `${file.path} ${layout}` : new CsvSource(file, counts, options, layout)
}

async function headText(file: InputFile): Promise<string> {
  return Buffer.from(await readHead(file)).toString('latin1')
}
