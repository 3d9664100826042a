import type { DetectionModel } from '../detect/detection-model.ts'
import type { Detector, DetectorOptions } from '../detect/detector.ts'
import { observe } from '../pipeline/run.ts'
import { RESPONSE_WAIT_MS } from '../pipeline/scan.ts'
import { openSources } from '../sources/index.ts'
import { findInputs } from '../sources/inputs/find-inputs.ts'
import { ManifestError, type ManifestRow } from './manifest.ts'

/** Columns of names that files outside our own conventions use, by manifest format. */
const NAME_COLUMNS: Readonly<Record<string, string>> = { loshmii: 'text' }

/** Reads one file of a manifest as an observation of its own. Throws where it cannot be read: training skips nothing. */
export async function observeRow(
  row: ManifestRow,
  model: DetectionModel,
  options: Omit<DetectorOptions, 'timed'> = {},
): Promise<{ detector: Detector; timed: boolean }> {
  const found = await findInputs([row.path])
  const column = NAME_COLUMNS[row.format]
  const opened = await openSources(found, {
    ports: [],
    responseWaitMs: RESPONSE_WAIT_MS,
    ...(column === undefined ? {} : { column }),
  })
  const failure = opened.counts.find((counts) => counts.failure)?.failure
  const timed = opened.timed.length > 0
  const sources = timed ? opened.timed : opened.untimed.slice(0, 1)
  if (sources.length === 0) throw new ManifestError(`${row.path} cannot be read: ${failure ?? 'it holds no DNS'}`)
  const detector = await observe(sources, model, { timed, ...options }, new AbortController().signal)
  return { detector, timed }
}
