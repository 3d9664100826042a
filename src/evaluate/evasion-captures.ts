import { ManifestError, type ManifestRow } from '../datasets/manifest.ts'
import type { DetectionModel } from '../detect/detection-model.ts'
import { RESPONSE_WAIT_MS } from '../pipeline/scan.ts'
import { openSources } from '../sources/index.ts'
import { findInputs } from '../sources/inputs/find-inputs.ts'
import type { Source } from '../sources/source.ts'
import { type Progress, readableRows } from './evaluate-scan.ts'
import { type EvasionOutcome, measureStaged } from './evasion-measure.ts'
import type { Staged } from './evasion-staged.ts'

/** A way to make a capture's tunnel harder to find. */
export interface CaptureTransform {
  readonly name: string
  readonly description: string
  stage(source: Source, domains: readonly string[], seed: number): Staged
}

/** One capture through one transform. */
export interface CaptureEvasion extends EvasionOutcome {
  readonly transform: string
  readonly file: string
}

const SEED = 1

/** Every timed capture with a tunnel that has a domain, through every transform, each as an observation of its own. */
export async function evadeCaptures(
  rows: readonly ManifestRow[],
  model: DetectionModel,
  transforms: readonly CaptureTransform[],
  onProgress: Progress,
): Promise<CaptureEvasion[]> {
  const tunnels = readableRows(rows).filter(
    ({ label, format, domains }) =>
      label !== 'benign' && format !== 'list' && domains.length > 0 && !domains.includes('*'),
  )
  const results: CaptureEvasion[] = []
  for (const [done, { name, stage }] of transforms.entries()) {
    onProgress(done, transforms.length, name)
    for (const row of tunnels) {
      const outcome = await measureStaged(stage(await openCapture(row), row.domains, SEED), model)
      results.push({ transform: name, file: row.file, ...outcome })
    }
  }
  return results
}

async function openCapture({ path }: ManifestRow): Promise<Source> {
  const opened = await openSources(await findInputs([path]), { ports: [], responseWaitMs: RESPONSE_WAIT_MS })
  const failure = opened.counts.find((counts) => counts.failure)?.failure
  if (opened.timed.length === 0) throw new ManifestError(`${path} cannot be read: ${failure ?? 'it holds no times'}`)
  return opened.timed[0]
}
