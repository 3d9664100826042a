import { openSources } from '../../sources/index.ts'
import type { FoundInputs } from '../../sources/inputs/find-inputs.ts'
import type { InputCounts, SourceOptions } from '../../sources/source.ts'
import { FILE_WATERMARK_MS, inOrder } from '../in-order.ts'
import type { Replay } from './replay.ts'

/** Replays inputs: those with times merged by time, then those without, one after the other. Counts are told as soon as there are any. */
export async function replayInputs(
  found: FoundInputs,
  options: SourceOptions,
  replay: Replay,
  signal: AbortSignal,
  onOpened: (counts: readonly InputCounts[]) => void = () => {},
): Promise<readonly InputCounts[]> {
  const { timed, untimed, counts } = await openSources(found, options)
  onOpened(counts)
  for await (const batch of inOrder(timed, FILE_WATERMARK_MS, signal)) await replay.write(batch)
  for (const source of untimed) {
    for await (const batch of source.read(signal)) await replay.write(batch)
  }
  await replay.end()
  return counts
}
