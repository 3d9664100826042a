import type { DnsBatch } from '../../batch/dns-batch.ts'
import type { LiveCounts, LivePlace, LiveWorld } from '../../sources/live/live-place.ts'
import type { Source, SourceOptions } from '../../sources/source.ts'
import { OneSight } from './one-sight.ts'
import type { Replay } from './replay.ts'
import { Turns } from './turns.ts'

/**
 * Replays live sources as they come, all of them at once, until `signal` says to end: then each is taken for over, and what was read
 * of it goes on. Rows go in as they come, whatever source they are of; the stream's event clock knows which are late. What two sources
 * have seen of one query counts once. Each source's
 * counts are put into `all` when it is opened, and go on counting. Throws an `InputError` where one cannot be opened.
 */
export async function followInputs(
  places: readonly LivePlace[],
  options: SourceOptions,
  world: LiveWorld,
  replay: Replay,
  signal: AbortSignal,
  all: LiveCounts[],
  turns: Turns = new Turns(),
): Promise<void> {
  const sights = places.length > 1 ? new OneSight() : undefined
  const follow = async (source: Source, counts: LiveCounts, index: number) => {
    const seenBefore = (batch: DnsBatch) => (row: number) => {
      if (!sights?.isSecond(batch, row, index)) return false
      counts.seenElsewhere = (counts.seenElsewhere ?? 0) + 1
      return true
    }
    // The input ends by the signal, its source by the end of its input: so nothing that was read is dropped.
    for await (const batch of source.read(new AbortController().signal)) {
      counts.newestMs = batch.timeMs.subarray(0, batch.rows).reduce((a, b) => (b > a ? b : a), counts.newestMs ?? 0)
      // A batch is its source's own until the next is asked for: they take turns.
      await turns.take(async () => {
        await replay.write(batch, sights && seenBefore(batch))
        await replay.flush()
      })
    }
  }
  const openAndFollow = async (place: LivePlace, index: number) => {
    const opened = await place.open(index, options, world, signal)
    if (opened === undefined) return
    all.push(opened.counts)
    await follow(opened.source, opened.counts, index)
    // A pipe may end while others go on.
    if (!signal.aborted) world.onTrouble(place.label, `${place.label} has ended: nothing more comes from there.`)
  }
  await Promise.all(places.map(openAndFollow))
  await replay.end()
}
