import { ManifestError, readManifest } from '../datasets/manifest.ts'
import { loadDetectionModel } from '../detect/load-detection-model.ts'
import { TEST_SEEDS } from '../evaluate/adaptation/scenarios.ts'
import { runContest } from '../evaluate/contest/contest.ts'
import { contestSections } from '../evaluate/contest/contest-sections.ts'
import { evaluateScan, type Progress, scanSections } from '../evaluate/evaluate-scan.ts'
import { evaluateEvasion } from '../evaluate/evasion.ts'
import { evasionSections } from '../evaluate/evasion-sections.ts'
import { leaveOutTools, type TrainWithout } from '../evaluate/leave-out.ts'
import { leaveOutSections } from '../evaluate/leave-out-sections.ts'
import type { Section } from '../evaluate/section.ts'
import { contestTrainers, trainLeaving } from './contest-trainers.ts'
import { EXIT, ExitError } from './exit.ts'
import { showStep, wipeStep } from './step.ts'

/** What is measured of whole scans, and on what. */
export interface DetectionEvaluation {
  readonly manifest: readonly string[]
  readonly split: 'train' | 'dev' | 'all'
  readonly model: string
  readonly leaveOut?: 'tool'
  readonly evasion?: true
  readonly drift?: true
  readonly contest?: true
}

/** Whole scans measured: as they are, under evasion, or by models that never saw a tool. */
export async function evaluateDetection(options: DetectionEvaluation): Promise<Section[]> {
  const { manifest, split, leaveOut } = options
  const onProgress: Progress = showStep
  try {
    const all = manifest.flatMap((path) => readManifest(path))
    const rows = all.filter((row) => split === 'all' || row.split === split)
    const model = loadDetectionModel(options.model)
    if (options.drift) {
      const lab = await import('../lab/evasion/index.ts')
      const { adaptationSections, runAdaptation } = await import('../evaluate/adaptation/adaptation-report.ts')
      const settings = { orderings: TEST_SEEDS.length, development: false, say: (what: string) => showStep(0, 1, what) }
      return adaptationSections(await runAdaptation(rows, model, lab, settings))
    }
    if (options.evasion) {
      // Only here: no other verb should wait for the lab.
      const lab = await import('../lab/evasion/index.ts')
      return evasionSections(await evaluateEvasion(rows, model, lab, onProgress))
    }
    if (options.contest) return contestSections(await runContest(rows, model, contestTrainers(manifest), onProgress))
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
  return (tool) => trainLeaving(manifests, { tool })
}
