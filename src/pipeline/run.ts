import type { DnsBatch } from '../batch/dns-batch.ts'
import type { DetectionModel } from '../detect/detection-model.ts'
import { Detector, type DetectorOptions } from '../detect/detector.ts'
import { loadPublicSuffixes } from '../dns/public-suffix.ts'
import type { Source } from '../sources/source.ts'
import { FILE_WATERMARK_MS, inOrder } from './in-order.ts'

/** Somebody who looks on while an observation is made, and changes no result. */
export interface Watcher {
  /** Gets the detector before its first row. */
  onDetector?(detector: Detector, timed: boolean): void
  /** Hands a batch on in smaller ones, to be asked in between: borders of batches mean nothing. */
  cut?(batch: DnsBatch): Iterable<DnsBatch>
}

/**
 * The whole program: sources give batches, the detector books them, whoever asked reads its incidents.
 *
 *   sources (pcap, zeek, csv ...) -> inOrder (one event time) -> Detector: L0 -> partitions -> client stage -> incidents
 *
 * One await a batch, none inside. All sources together are one observation: one event time, one state.
 */
export async function observe(
  sources: readonly Source[],
  model: DetectionModel,
  options: DetectorOptions,
  signal: AbortSignal,
  watcher: Watcher = {},
): Promise<Detector> {
  const detector = new Detector(model, loadPublicSuffixes(), options)
  watcher.onDetector?.(detector, options.timed)
  const batches = options.timed ? inOrder(sources, FILE_WATERMARK_MS, signal) : sources[0].read(signal)
  for await (const batch of batches) {
    for (const part of watcher.cut?.(batch) ?? [batch]) detector.process(part)
  }
  detector.finish()
  return detector
}
