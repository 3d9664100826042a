import { RESPONSE_WAIT_MS } from '../pipeline/scan.ts'
import { followInputs } from '../pipeline/stream/follow-inputs.ts'
import type { LegacyScorer } from '../pipeline/stream/stage-settings.ts'
import type { LiveCounts } from '../sources/live/live-place.ts'
import { lookOften } from '../sources/live/pause.ts'
import { livePlaces } from './live-places.ts'
import { say } from './say.ts'
import { streamInProcess } from './stream-in-process.ts'
import { untilSignalled } from './until-signalled.ts'
import type { LineOptions } from './watch-options.ts'

/** The same stream in this process: logs are followed as they grow, until a signal; then what was read is judged to its end. */
export async function watchLogs(options: LineOptions, legacy: LegacyScorer | undefined): Promise<void> {
  const places = livePlaces(options.from)
  const controller = new AbortController()
  void untilSignalled().then(() => {
    say('ending: what was read so far is judged.')
    controller.abort()
  })
  const settings = { ports: [], responseWaitMs: RESPONSE_WAIT_MS }
  await streamInProcess(options, legacy, async (replay, status) => {
    const onTrouble = (path: string, sentence: string | undefined) => status.onFault(path, sentence)
    const live = { pause: lookOften, say, onTrouble, now: Date.now }
    const counts: LiveCounts[] = []
    await followInputs(places, settings, live, replay, controller.signal, counts)
    for (const { source, rows, malformed, skipped, failure } of counts) {
      const broken = Object.values(malformed).reduce((sum, count) => sum + count, 0)
      say(
        `${source}: ${rows} exchanges, ${broken} lines broken, ${skipped} about something else.${failure ? ` ${failure}` : ''}`,
      )
    }
  })
}
