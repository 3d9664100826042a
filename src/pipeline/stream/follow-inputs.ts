import { openSources } from '../../sources/index.ts'
import { type LivePlace, liveInput, liveType } from '../../sources/live/live-input.ts'
import type { TailOptions } from '../../sources/live/tail.ts'
import type { InputCounts, Source, SourceOptions } from '../../sources/source.ts'
import type { Replay } from './replay.ts'

/**
 * Replays logs as they grow, all of them at once, until `signal` says to end: then each is taken for over, and what was read of
 * it goes on. Rows go in as they come, whatever log they are of; the stream's event clock knows which are late.
 */
export async function followInputs(
  places: readonly LivePlace[],
  options: SourceOptions,
  tailOptions: TailOptions,
  replay: Replay,
  signal: AbortSignal,
): Promise<readonly InputCounts[]> {
  const inputs = places.map((place, index) => ({
    type: liveType(place),
    ...liveInput(place, index, tailOptions, signal),
  }))
  const { timed, untimed, counts } = await openSources({ inputs }, options)
  for (const input of inputs) input.follow()
  // A batch is its source's own until the next is asked for: they take turns.
  let turn: Promise<void> = Promise.resolve()
  const { signal: never } = new AbortController()
  const follow = async (source: Source) => {
    for await (const batch of source.read(never)) {
      turn = turn.then(() => replay.write(batch)).then(() => replay.flush())
      await turn
    }
  }
  await Promise.all([...timed, ...untimed].map(follow))
  await replay.end()
  return counts
}
