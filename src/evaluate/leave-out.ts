import type { ManifestRow } from '../datasets/manifest.ts'
import { isOfTool, toolOf } from '../datasets/tools.ts'
import type { DetectionModel } from '../detect/detection-model.ts'
import { benignResults } from './benign-result.ts'
import { type Progress, timedRows } from './evaluate-scan.ts'
import { type Measured, measureRow } from './measure-row.ts'
import { type OwnRecall, ownRecall } from './own-recall.ts'
import { type TunnelResult, tunnelResult } from './tunnel-result.ts'
import { type Spread, spreadOf } from './tunnel-totals.ts'

/** Captures of one tool, judged by a model that never saw the tool. */
export interface LeftOut {
  readonly tool: string
  /** Version of the model that judged: another for every set of rows that trained. */
  readonly model: string
  /** Captures of the tool that train the shipped model; with none, the shipped model is the one without it. */
  readonly trained: number
  readonly captures: number
  readonly found: number
  readonly queries: Spread | null
  readonly octets: Spread | null
  readonly prefixOctets: Spread | null
  /** The capture that took the most queries, or one that was not found. */
  readonly slowest: string
  /** What its query model finds by itself, by arm. */
  readonly queryModel: Readonly<Record<'names' | 'answers', OwnRecall>>
  /** Alerts beside the tunnel on the tool's captures. */
  readonly outside: readonly string[]
  /** Alerts on natural benign traffic by the model without the tool. */
  readonly falseDomains: readonly string[]
}

/** Trains a model without a tool. Handed in, because training stands above evaluation. */
export type TrainWithout = (tool: string) => Promise<DetectionModel>

/** What else a run without a tool is told. */
export interface LeaveOutOptions {
  /** Rows that train beside those measured, and are not measured: generated traffic. */
  readonly alsoTrained?: readonly ManifestRow[]
  readonly onProgress?: Progress
}

/**
 * For each tool of the rows: a model trained without it, on all captures of the tool (train and dev: it has seen none
 * of them) and on natural benign traffic, whose train rows it has seen.
 */
export async function leaveOutTools(
  rows: readonly ManifestRow[],
  shipped: DetectionModel,
  trainWithout: TrainWithout,
  { alsoTrained = [], onProgress = () => {} }: LeaveOutOptions = {},
): Promise<LeftOut[]> {
  const timed = timedRows(rows)
  const benign = timed.filter((row) => row.label === 'benign' && row.network !== 'lab')
  const tunnels = timed.filter((row) => row.label !== 'benign')
  const tools = [...new Set(tunnels.map((row) => toolOf(row.family)))].sort()
  const results: LeftOut[] = []
  for (const [done, tool] of tools.entries()) {
    onProgress(done, tools.length, `without ${tool}`)
    const own = tunnels.filter((row) => toolOf(row.family) === tool)
    const trained = [...own, ...alsoTrained].filter((row) => row.split === 'train' && isOfTool(row, tool)).length
    // The shipped model is the one without a tool that trained nothing, unless others are to be trained with more rows.
    const model = trained === 0 && alsoTrained.length === 0 ? shipped : await trainWithout(tool)
    const found: TunnelResult[] = []
    for (const row of own) found.push(tunnelResult(await measureRow(row, model)))
    const natural: Measured[] = []
    for (const row of benign) natural.push(await measureRow(row, model))
    const falseDomains = benignResults(natural).flatMap((result) => result.alerts)
    const queryModel = await ownRecall(own, benign, model)
    results.push({ tool, model: model.version, trained, ...totalOf(found), queryModel, falseDomains })
  }
  return results
}

function totalOf(
  results: readonly TunnelResult[],
): Omit<LeftOut, 'tool' | 'model' | 'trained' | 'queryModel' | 'falseDomains'> {
  const delay = ({ queries }: TunnelResult) => queries ?? Number.POSITIVE_INFINITY
  return {
    captures: results.length,
    found: results.filter((result) => result.alerts.length > 0).length,
    queries: spreadOf(results.map((result) => result.queries)),
    octets: spreadOf(results.map((result) => result.octets)),
    prefixOctets: spreadOf(results.map((result) => result.prefixOctets)),
    slowest: results.reduce((a, b) => (delay(b) > delay(a) ? b : a)).file,
    outside: [...new Set(results.flatMap((result) => result.outside))].sort(),
  }
}
