import type { DetectionModel } from '../detect/detection-model.ts'
import type { Progress } from './evaluate-scan.ts'
import { type EvasionOutcome, measureStaged } from './evasion-measure.ts'
import type { Scene } from './evasion-staged.ts'

/** A payload on its way out through one encoding. */
export interface EncodingScene extends Scene {
  /** Kind of payload. */
  readonly payload: string
  readonly answered: boolean
  /** Ordinary questions to each of the encoding's. */
  readonly ordinary: number
  packedOctets(payloadOctets: number): number
}

/** What a scan said of it. */
export interface EncodingEvasion extends EvasionOutcome {
  readonly encoder: string
  readonly payload: string
  readonly answered: boolean
  readonly ordinary: number
  /** What the payload that left before the alert takes when it is packed: the information in it, or a little more. */
  readonly packedOctets: number
}

/** Every scene until its alert. */
export async function evadeByEncoding(
  model: DetectionModel,
  scenes: readonly EncodingScene[],
  onProgress: Progress,
): Promise<EncodingEvasion[]> {
  const results: EncodingEvasion[] = []
  for (const [done, scene] of scenes.entries()) {
    onProgress(done, scenes.length, scene.name)
    const outcome = await measureStaged(scene.stage(), model, { untilAlert: true })
    const { name: encoder, payload, answered, ordinary } = scene
    const packedOctets = scene.packedOctets(outcome.before.payloadOctets)
    results.push({ encoder, payload, answered, ordinary, packedOctets, ...outcome })
  }
  return results
}

/** Whether the encoding makes most of its client's questions, but not all. */
export function isMost({ ordinary }: EncodingEvasion): boolean {
  return ordinary > 0 && ordinary < 1
}

/** Whether its client asks nothing else. */
export function isAll({ ordinary }: EncodingEvasion): boolean {
  return ordinary === 0
}

/** Whether it hides among more questions than it asks. */
export function isHidden({ ordinary }: EncodingEvasion): boolean {
  return ordinary > 1
}
