import type { ManifestRow } from '../datasets/manifest.ts'
import type { DetectionModel, Thresholds } from '../detect/detection-model.ts'
import { type BenignResult, benignResults } from './benign-result.ts'
import { benignSections } from './benign-sections.ts'
import { type ListResult, listResults } from './list-result.ts'
import { listSections } from './list-sections.ts'
import { type Measured, measureRow } from './measure-row.ts'
import { type Section, sectionOf } from './section.ts'
import { type TunnelResult, tunnelResult } from './tunnel-result.ts'
import { tunnelSections } from './tunnel-sections.ts'

/** Formats that are not judged, and why: they are counted and said, never silently left out. */
const UNREAD: Readonly<Record<string, string>> = {
  querylog:
    'fixtures of their formats: scan reads them, test/shared/logs.test.ts counts them, nothing judges them here',
  dnstap: 'a fixture of its format: scan reads it, test/shared/logs.test.ts counts it, nothing judges it here',
  'zeek-conn': 'flows, not DNS',
  'csv-legacy': 'rows of features, not names',
  loshmii: 'prefixes without their domains: nothing to group by',
}

/** Formats whose rows have no times. */
const UNTIMED = ['list', 'csv-names']

/** Files of one format that were not read. */
export interface Unread {
  readonly format: string
  readonly files: number
  readonly why: string
}

/** Whole scans of labelled files, measured. */
export interface ScanEvaluation {
  readonly modelVersion: string
  readonly thresholds: Thresholds
  readonly tunnels: readonly TunnelResult[]
  readonly benign: readonly BenignResult[]
  readonly lists: readonly ListResult[]
  readonly unread: readonly Unread[]
}

/** Called before each file. */
export type Progress = (done: number, of: number, file: string) => void

/** Rows whose format a scan reads. */
export function readableRows(rows: readonly ManifestRow[]): ManifestRow[] {
  return rows.filter((row) => UNREAD[row.format] === undefined)
}

/** Readable rows whose rows have times: there is a delay to measure, and volume to judge. */
export function timedRows(rows: readonly ManifestRow[]): ManifestRow[] {
  return readableRows(rows).filter((row) => !UNTIMED.includes(row.format))
}

/** Scans every file of the manifests as an observation of its own and judges what came out by the labels. */
export async function evaluateScan(
  rows: readonly ManifestRow[],
  model: DetectionModel,
  onProgress: Progress = () => {},
): Promise<ScanEvaluation> {
  const readable = readableRows(rows)
  const tunnels: TunnelResult[] = []
  const lists: ListResult[] = []
  const benign: Measured[] = []
  for (const [done, row] of readable.entries()) {
    onProgress(done, readable.length, row.file)
    const measured = await measureRow(row, model)
    if (!measured.timed) lists.push(...listResults(measured))
    else if (row.label === 'benign') benign.push(measured)
    else tunnels.push(tunnelResult(measured))
  }
  return {
    modelVersion: model.version,
    thresholds: model.thresholds,
    tunnels,
    benign: benignResults(benign),
    lists,
    unread: unreadFormats(rows),
  }
}

function unreadFormats(rows: readonly ManifestRow[]): Unread[] {
  return Object.entries(UNREAD).flatMap(([format, why]) => {
    const files = rows.filter((row) => row.format === format).length
    return files === 0 ? [] : [{ format, files, why }]
  })
}

/** The report, in the order a reader asks: is it found, is anything else named, what was left out. */
export function scanSections(evaluation: ScanEvaluation): Section[] {
  return [
    ...tunnelSections(evaluation.tunnels, evaluation.modelVersion),
    ...benignSections(evaluation.benign, evaluation.thresholds),
    ...listSections(evaluation.lists),
    sectionOf(
      { name: 'unread', title: 'Not read', notes: ['Files of formats that a scan does not read.'] },
      evaluation.unread,
      [
        { title: 'format', cell: (row) => row.format },
        { title: 'files', numeric: true, cell: (row) => String(row.files) },
        { title: 'why', cell: (row) => row.why },
      ],
    ),
  ]
}
