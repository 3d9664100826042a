import type { ManifestRow } from '../datasets/manifest.ts'
import type { DetectionModel, Thresholds } from '../detect/detection-model.ts'
import type { Progress } from './evaluate-scan.ts'
import { type CaptureEvasion, type CaptureTransform, evadeCaptures } from './evasion-captures.ts'
import { type EncodingEvasion, type EncodingScene, evadeByEncoding } from './evasion-encodings.ts'
import { type LeakEvasion, leakSlowly, type SlowLeakScene } from './evasion-leak.ts'
import { askLookups, type LookupOutcome } from './evasion-lookups.ts'
import type { Scene } from './evasion-staged.ts'

/** What makes traffic that is hard to find; handed in, since those who measure must not know how it is made. */
export interface EvasionLab {
  readonly transforms: readonly CaptureTransform[]
  readonly encodingScenes: readonly EncodingScene[]
  readonly lookupScenes: readonly Scene[]
  readonly slowLeakScenes: readonly SlowLeakScene[]
}

/** Detection of those who know how it works. */
export interface EvasionEvaluation {
  readonly modelVersion: string
  readonly thresholds: Thresholds
  readonly transforms: readonly { readonly name: string; readonly description: string }[]
  readonly captures: readonly CaptureEvasion[]
  readonly encodings: readonly EncodingEvasion[]
  readonly lookups: readonly LookupOutcome[]
  readonly leaks: readonly LeakEvasion[]
}

/** Scans every tunnel capture of the rows through every transform, then all that the lab makes from nothing. */
export async function evaluateEvasion(
  rows: readonly ManifestRow[],
  model: DetectionModel,
  lab: EvasionLab,
  onProgress: Progress = () => {},
): Promise<EvasionEvaluation> {
  return {
    modelVersion: model.version,
    thresholds: model.thresholds,
    transforms: lab.transforms.map(({ name, description }) => ({ name, description })),
    captures: await evadeCaptures(rows, model, lab.transforms, onProgress),
    encodings: await evadeByEncoding(model, lab.encodingScenes, onProgress),
    lookups: await askLookups(model, lab.lookupScenes),
    leaks: await leakSlowly(model, lab.slowLeakScenes, onProgress),
  }
}
