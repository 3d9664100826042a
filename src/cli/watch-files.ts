import { RESPONSE_WAIT_MS } from '../pipeline/scan.ts'
import { replayInputs } from '../pipeline/stream/replay-inputs.ts'
import type { LegacyScorer } from '../pipeline/stream/stage-settings.ts'
import { interruptible } from './interrupt.ts'
import { readInputs } from './read-inputs.ts'
import { streamInProcess } from './stream-in-process.ts'
import { demandSomethingRead } from './tell-inputs.ts'
import type { LineOptions } from './watch-options.ts'

/** The same stream in this process: files are replayed to their end. */
export async function watchFiles(options: LineOptions, legacy: LegacyScorer | undefined): Promise<void> {
  const { from } = options
  const settings = { ports: [], responseWaitMs: RESPONSE_WAIT_MS }
  await interruptible((signal) =>
    streamInProcess(options, legacy, async (replay) => {
      const counts = await readInputs(from, { port: [] }, { dedupeContent: true }, (found) =>
        replayInputs(found, settings, replay, signal),
      )
      demandSomethingRead(from, counts)
    }),
  )
}
