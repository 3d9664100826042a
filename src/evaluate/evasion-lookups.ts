import type { DetectionModel } from '../detect/detection-model.ts'
import { measureStaged } from './evasion-measure.ts'
import type { Scene } from './evasion-staged.ts'

/** What a scan said of honest look-ups. */
export interface LookupOutcome {
  readonly shape: string
  readonly description: string
  /** Alerts, none of which should be. */
  readonly alerts: readonly string[]
}

/** Every shape of honest look-ups, as a tenth of what its client asks. */
export async function askLookups(model: DetectionModel, scenes: readonly Scene[]): Promise<LookupOutcome[]> {
  const results: LookupOutcome[] = []
  for (const { name, description, stage } of scenes) {
    const { outside } = await measureStaged(stage(), model)
    results.push({ shape: name, description, alerts: outside })
  }
  return results
}
