import { readManifest } from '../datasets/manifest.ts'
import { loadDetectionModel } from '../detect/load-detection-model.ts'
import { TEST_SEEDS } from '../evaluate/adaptation/scenarios.ts'
import { runContest } from '../evaluate/contest/contest.ts'
import { contestSections } from '../evaluate/contest/contest-sections.ts'
import { evaluateFusion, type FusionTrainer } from '../evaluate/evaluate-fusion.ts'
import { evaluateScan, type Progress, scanSections } from '../evaluate/evaluate-scan.ts'
import { evaluateEvasion } from '../evaluate/evasion.ts'
import { evasionSections } from '../evaluate/evasion-sections.ts'
import { fusionSections } from '../evaluate/fusion-sections.ts'
import { leaveOutTools, type TrainWithout } from '../evaluate/leave-out.ts'
import { leaveOutSections } from '../evaluate/leave-out-sections.ts'
import type { Section } from '../evaluate/section.ts'
import { fitFusion } from '../training/fit-fusion.ts'
import type { PacketNet } from '../training/train-packet-net.ts'
import { contestTrainers, trainLeaving } from './contest-trainers.ts'
import { withLabelled } from './labelled-data.ts'
import { showStep } from './step.ts'

/** What is measured of whole scans, and on what. */
export interface DetectionEvaluation {
  readonly manifest: readonly string[]
  readonly split: 'train' | 'dev' | 'all'
  readonly model: string
  readonly leaveOut?: 'tool'
  /** Manifests whose rows train models without a tool, and are not measured. */
  readonly trainAlso?: readonly string[]
  readonly evasion?: true
  readonly drift?: true
  readonly contest?: true
  readonly fusion?: true
  /** Of `fusion`: a net over octets beside the detectors. */
  readonly packets?: PacketNet
  /** Of `fusion`: the shape of flows beside the detectors. */
  readonly flows?: true
}

/** Whole scans measured: as they are, under evasion, or by models that never saw a tool. */
export async function evaluateDetection(options: DetectionEvaluation): Promise<Section[]> {
  const { manifest, split, leaveOut, trainAlso = [] } = options
  const onProgress: Progress = showStep
  return await withLabelled(async () => {
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
    if (options.fusion) return fusionSections(await evaluateFusion(rows, fusionTrainer(options), onProgress))
    if (leaveOut === undefined) return scanSections(await evaluateScan(rows, model, onProgress))
    const alsoTrained = trainAlso.flatMap((path) => readManifest(path))
    const without = trainWithout([...manifest, ...trainAlso])
    return leaveOutSections(await leaveOutTools(rows, model, without, { alsoTrained, onProgress }))
  })
}

/** Trains from all train rows of the manifests, or without a tool, with what is asked for beside the detectors. */
function fusionTrainer({ manifest, packets, flows }: DetectionEvaluation): FusionTrainer {
  return {
    train: (tool) => trainLeaving(manifest, tool === undefined ? {} : { tool }, { packets, flows: flows === true }),
    fit: fitFusion,
  }
}

/** Trains from all train rows of the manifests but a tool's, in a folder that is gone afterwards. */
export function trainWithout(manifests: readonly string[]): TrainWithout {
  return (tool) => trainLeaving(manifests, { tool })
}
