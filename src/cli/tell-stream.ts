import { streamReport } from '../evaluate/prequential/html/stream-report.ts'
import { originalReport } from '../evaluate/prequential/original/original-sections.ts'
import type { StreamEvaluation } from '../evaluate/prequential/result.ts'
import { streamSections } from '../evaluate/prequential/stream-sections.ts'
import { windowCsv } from '../evaluate/prequential/window-csv.ts'
import { type Format, renderReport } from '../evaluate/render.ts'
import type { Section } from '../evaluate/section.ts'
import { jsonLine } from '../sinks/ndjson.ts'
import { evaluateOriginal } from './evaluate-original.ts'
import { evaluateStream } from './evaluate-stream.ts'
import { writeOut } from './output.ts'
import { packageVersion } from './package-version.ts'
import type { PlanOptions } from './plan-options.ts'
import type { StreamOptions } from './stream-options.ts'
import { writeWhole } from './write-whole.ts'

/** Where results of a stream go besides standard output. */
interface TellOptions extends StreamOptions, PlanOptions {
  readonly format: Format | 'json'
  readonly html?: string
}

/** Judges models on a stream and tells what came of it: tables, or one object; a report; a line a window and arm. */
export async function tellStream(options: TellOptions): Promise<void> {
  if (!options.original) {
    const evaluation = await evaluateStream(options)
    return await tell(evaluation, streamSections(evaluation), evaluation, options)
  }
  const { sections, whole, charted } = originalReport(await evaluateOriginal(options))
  await tell(whole, sections, charted, options)
}

async function tell(
  evaluation: StreamEvaluation,
  sections: readonly Section[],
  charted: StreamEvaluation,
  { format, html, csv }: TellOptions,
): Promise<void> {
  await writeOut([format === 'json' ? jsonLine(evaluation) : renderReport(sections, format)])
  if (html !== undefined) writeWhole(html, streamReport(charted, sections, `wakeful ${packageVersion()}`))
  if (csv !== undefined) writeWhole(csv, [...windowCsv(evaluation.result)].join(''))
}
