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
  const all: InputCounts[] = []
  // A batch is its source's own until the next is asked for: they take turns.
  let turn: Promise<void> = Promise.resolve()
  const follow = async (source: Source) => {
    // The input ends by the signal, its source by the end of its input: so nothing that was read is dropped.
    for await (const batch of source.read(new AbortController().signal)) {
      turn = turn.then(() => replay.write(batch)).then(() => replay.flush())
      await turn
    }
  }
  const openAndFollow = async (place: LivePlace, index: number) => {
    const type = await liveType(place, tailOptions, signal)
    if (type === undefined) return
    const input = liveInput(place, index, tailOptions, signal)
    const { timed, untimed, counts } = await openSources({ inputs: [{ file: input.file, type }] }, options)
    all.push(...counts)
    input.follow()
    for (const source of [...timed, ...untimed]) await follow(source)
  }
  await Promise.all(places.map(openAndFollow))
  await replay.end()
  return all
}
