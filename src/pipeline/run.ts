import type { DetectionModel } from '../detect/detection-model.ts'
import { Detector, type DetectorOptions } from '../detect/detector.ts'
import { loadPublicSuffixes } from '../dns/public-suffix.ts'
import type { Source } from '../sources/source.ts'
import { FILE_WATERMARK_MS, inOrder } from './in-order.ts'

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
  onDetector?: (detector: Detector) => void,
): Promise<Detector> {
  const detector = new Detector(model, loadPublicSuffixes(), options)
  onDetector?.(detector)
  const batches = options.timed ? inOrder(sources, FILE_WATERMARK_MS, signal) : sources[0].read(signal)
  for await (const batch of batches) detector.process(batch)
  detector.finish()
  return detector
}
