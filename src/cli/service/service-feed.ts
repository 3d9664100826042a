import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { RESPONSE_WAIT_MS } from '../../pipeline/scan.ts'
import { followInputs } from '../../pipeline/stream/follow-inputs.ts'
import { Pace } from '../../pipeline/stream/pace.ts'
import type { Replay } from '../../pipeline/stream/replay.ts'
import { replayInputs } from '../../pipeline/stream/replay-inputs.ts'
import type { Troubles } from '../../service/troubles.ts'
import { findInputs } from '../../sources/inputs/find-inputs.ts'
import type { LiveCounts, LivePlace, LiveWorld } from '../../sources/live/live-place.ts'
import { lookOften } from '../../sources/live/pause.ts'
import type { ServiceStream } from './service-stream.ts'

/** The samples that ship: three levels up from here, both in `src/cli/service` and in `dist/cli/service`. */
const SAMPLES = fileURLToPath(new URL('../../../samples', import.meta.url))
/** Rows a second of the demonstration: fast enough to show something at once, slow enough to be seen coming. */
const DEMO_ROWS = 400
const SETTINGS = { ports: [], responseWaitMs: RESPONSE_WAIT_MS }

/** The rate of a demonstration, until the signal. */
export function demoPace(signal: AbortSignal): Pace {
  return new Pace(DEMO_ROWS, Date.now, (ms) => sleep(ms, undefined, { signal }).catch(() => undefined))
}

/** Replays the samples that ship, once. */
export async function feedDemo(replay: Replay, counts: LiveCounts[], signal: AbortSignal): Promise<void> {
  const found = await findInputs([SAMPLES])
  await replayInputs(found, SETTINGS, replay, signal, (opened) => counts.push(...opened))
  if (!signal.aborted)
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

/** Follows live sources until the signal. */
export async function feedLive(
  places: readonly LivePlace[],
  { replay, turns, positions }: ServiceStream,
  troubles: Troubles,
  say: (sentence: string) => void,
  counts: LiveCounts[],
  signal: AbortSignal,
): Promise<void> {
  const onTrouble = (name: string, sentence: string | undefined) => troubles.set(name, sentence)
  const world: LiveWorld = {
    ...{ pause: lookOften, say, onTrouble, now: Date.now, positionOf: (path) => positions.of(path) },
    onCaughtUp: (path, position) => positions.note(path, position, Date.now()),
  }
  await followInputs(places, SETTINGS, world, replay, signal, counts, turns)
}
