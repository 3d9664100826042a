import type { OriginalExperiment } from '../evaluate/prequential/original/original-experiment.ts'
import { originalExperiment } from '../evaluate/prequential/original/original-experiment.ts'
import { EXIT, ExitError } from './exit.ts'
import { withLabelled } from './labelled-data.ts'
import { showStep } from './step.ts'
import type { StreamOptions } from './stream-options.ts'
import { streamRows } from './stream-rows.ts'

/** Rows that trained the original's static model here: what is left of the recovered stream is 100 windows. */
const TRAIN_ROWS = 41_949
/** Enough pairs to see how often a salt hurts. */
const SALTS = { train: 48, test: 8 }

/** The experiment of the original system, on its own table. */
export async function evaluateOriginal({
  stream,
  warmup: trainRows = TRAIN_ROWS,
  seed,
}: Pick<StreamOptions, 'stream' | 'warmup'> & { readonly seed: number }): Promise<OriginalExperiment> {
  return await withLabelled(async () => {
    const set = await streamRows(stream, { profile: 'legacy', kind: 'legacy' })
    if (set.y.length <= trainRows || trainRows === 0) {
      throw new ExitError(
        EXIT.nothingRead,
        `The table has ${set.y.length} rows and ${trainRows} train the static model: take another --warmup, so that both parts have rows.`,
      )
    }
    return originalExperiment(set, { trainRows, seed, salts: SALTS, onProgress: showStep })
  })
}
