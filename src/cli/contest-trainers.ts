import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LeftOut } from '../datasets/left-out.ts'
import type { DetectionModel } from '../detect/detection-model.ts'
import type { Trainers } from '../evaluate/contest/contest.ts'
import { type TrainOptions, trainDetection } from '../training/train-detection.ts'
import { trainWindow } from '../training/train-window.ts'

/** Seed of models trained without something: that of the shipped ones. */
const SEED = 1

/** What a contest trains, from the train rows of the manifests. */
export function contestTrainers(manifests: readonly string[]): Trainers {
  return {
    detection: (leaveOut) => trainLeaving(manifests, leaveOut),
    window: (windows) => trainWindow(windows, SEED),
  }
}

/** Trains from all train rows of the manifests but those left out, in a folder that is gone afterwards. */
export async function trainLeaving(
  manifests: readonly string[],
  leaveOut: LeftOut,
  beside: Pick<TrainOptions, 'packets' | 'flows'> = {},
): Promise<DetectionModel> {
  const out = mkdtempSync(join(tmpdir(), 'wakeful-without-'))
  try {
    return await trainDetection({ manifests, out, seed: SEED, leaveOut, ...beside, log: () => {} })
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}
