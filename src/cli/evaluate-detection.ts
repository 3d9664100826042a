import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ManifestError, readManifest } from '../datasets/manifest.ts'
import { loadDetectionModel } from '../detect/load-detection-model.ts'
import { evaluateScan, type Progress, scanSections } from '../evaluate/evaluate-scan.ts'
import { evaluateEvasion } from '../evaluate/evasion.ts'
import { evasionSections } from '../evaluate/evasion-sections.ts'
import { leaveOutTools, type TrainWithout } from '../evaluate/leave-out.ts'
import { leaveOutSections } from '../evaluate/leave-out-sections.ts'
import type { Section } from '../evaluate/section.ts'
import { trainDetection } from '../training/train-detection.ts'
import { EXIT, ExitError } from './exit.ts'
import { showStep, wipeStep } from './step.ts'

/** Seed of models trained without a tool: that of the shipped ones. */
const SEED = 1
/** What is measured of whole scans, and on what. */
export interface DetectionEvaluation {
  readonly manifest: readonly string[]
  readonly split: 'train' | 'dev' | 'all'
  readonly model: string
  readonly leaveOut?: 'tool'
  readonly evasion?: true
}

/** Whole scans measured: as they are, under evasion, or by models that never saw a tool. */
export async function evaluateDetection(options: DetectionEvaluation): Promise<Section[]> {
  const { manifest, split, leaveOut } = options
  const onProgress: Progress = showStep
  try {
    const all = manifest.flatMap((path) => readManifest(path))
    const rows = all.filter((row) => split === 'all' || row.split === split)
    const model = loadDetectionModel(options.model)
    if (options.evasion) {
      // Only here: no other verb should wait for the lab.
      const lab = await import('../lab/evasion/index.ts')
      return evasionSections(await evaluateEvasion(rows, model, lab, onProgress))
    }
    if (leaveOut === undefined) return scanSections(await evaluateScan(rows, model, onProgress))
    return leaveOutSections(await leaveOutTools(rows, model, trainWithout(manifest), onProgress))
  } catch (error) {
    if (error instanceof ManifestError) throw new ExitError(EXIT.nothingRead, error.message, { cause: error })
    throw error
  } finally {
    wipeStep()
  }
}

/** Trains from all train rows of the manifests but a tool's, in a folder that is gone afterwards. */
export function trainWithout(manifests: readonly string[]): TrainWithout {
  return async (tool) => {
    const out = mkdtempSync(join(tmpdir(), 'wakeful-without-'))
    try {
      return await trainDetection({ manifests, out, seed: SEED, leaveOut: tool, log: () => {} })
    } finally {
      rmSync(out, { recursive: true, force: true })
    }
  }
}
