import type { LiveCounts, LivePlace, LiveWorld } from '../../sources/live/live-place.ts'
import type { Source, SourceOptions } from '../../sources/source.ts'
import type { Replay } from './replay.ts'

/**
 * Replays live sources as they come, all of them at once, until `signal` says to end: then each is taken for over, and what was read
 * of it goes on. Rows go in as they come, whatever source they are of; the stream's event clock knows which are late. Each source's
 * counts are put into `all` when it is opened, and go on counting. Throws an `InputError` where one cannot be opened.
 */
export async function followInputs(
  places: readonly LivePlace[],
  options: SourceOptions,
  world: LiveWorld,
  replay: Replay,
  signal: AbortSignal,
  all: LiveCounts[],
): Promise<void> {
  // A batch is its source's own until the next is asked for: they take turns.
  let turn: Promise<void> = Promise.resolve()
  const follow = async (source: Source, counts: LiveCounts) => {
    // The input ends by the signal, its source by the end of its input: so nothing that was read is dropped.
    for await (const batch of source.read(new AbortController().signal)) {
      counts.newestMs = batch.timeMs.subarray(0, batch.rows).reduce((a, b) => (b > a ? b : a), counts.newestMs ?? 0)
      turn = turn.then(() => replay.write(batch)).then(() => replay.flush())
      await turn
    }
  }
  const openAndFollow = async (place: LivePlace, index: number) => {
    const opened = await place.open(index, options, world, signal)
    if (opened === undefined) return
    all.push(opened.counts)
    await follow(opened.source, opened.counts)
    // A pipe may end while others go on.
    if (!signal.aborted) world.onTrouble(place.label, `${place.label} has ended: nothing more comes from there.`)
  }
  await Promise.all(places.map(openAndFollow))
  await replay.end()
}
