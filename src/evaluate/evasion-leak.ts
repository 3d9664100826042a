import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DetectionModel } from '../detect/detection-model.ts'
import { StateFolder } from '../pipeline/state-folder.ts'
import type { Progress } from './evaluate-scan.ts'
import { type EvasionOutcome, measureStaged } from './evasion-measure.ts'
import type { Scene, Staged } from './evasion-staged.ts'

/** A leak of some octets a day over several days. */
export interface SlowLeakScene extends Scene {
  readonly ordinaryADay: number
  /** How often each name is asked. */
  readonly asks: number
  readonly startMs: number
  stageByDay(): Staged[]
}

/** What nightly scans with a state said of it, and one scan of the whole. */
export interface LeakEvasion {
  readonly encoder: string
  readonly ordinaryADay: number
  readonly asks: number
  /** Time of the alert in the scans day by day; null where there was none. */
  readonly alertMs: number | null
  /** Day of that scan, from 1. */
  readonly day: number | null
  /** Time of the alert in one scan of the whole. */
  readonly wholeMs: number | null
  readonly payloadOctets: number
  readonly detectors: readonly string[]
  readonly lookups: readonly string[]
}

export async function leakSlowly(
  model: DetectionModel,
  scenes: readonly SlowLeakScene[],
  onProgress: Progress,
): Promise<LeakEvasion[]> {
  const results: LeakEvasion[] = []
  for (const [done, scene] of scenes.entries()) {
    onProgress(done, scenes.length, `slow ${scene.name}`)
    const days = await scanByDay(model, scene)
    const whole = await measureStaged(scene.stage(), model)
    const found = days.findIndex(({ alertMs }) => alertMs !== null)
    const told = days[found] ?? days[days.length - 1]
    const earlier = days.slice(0, days.indexOf(told)).reduce((sum, { before }) => sum + before.payloadOctets, 0)
    results.push({
      encoder: scene.name,
      ordinaryADay: scene.ordinaryADay,
      asks: scene.asks,
      alertMs: told.alertMs,
      day: found < 0 ? null : found + 1,
      wholeMs: whole.alertMs,
      payloadOctets: earlier + told.before.payloadOctets,
      detectors: told.detectors,
      lookups: told.lookups,
    })
  }
  return results
}

/** Each day an observation of its own, with the accounts of the days before. */
async function scanByDay(model: DetectionModel, scene: SlowLeakScene): Promise<EvasionOutcome[]> {
  const folder = mkdtempSync(join(tmpdir(), 'wakeful-evasion-'))
  try {
    const days: EvasionOutcome[] = []
    for (const staged of scene.stageByDay()) {
      days.push(await measureStaged(staged, model, { state: new StateFolder(folder, model.version) }))
    }
    return days
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
