import { createRandom } from '../../stats/random.ts'
import type { LookupShape } from '../lookups/index.ts'
import { createOrdinary } from './ordinary.ts'
import { type Question, stageQuestions } from './question.ts'
import type { Staged } from './staged.ts'

const START_MS = Date.UTC(2026, 0, 5, 9)
/** Ordinary questions to each look-up: the look-ups are a tenth of what their client asks. */
const ORDINARY = 9
const GAP_MS = 10_000

/** A client that looks things up, as its software does, for a tenth of what it asks: nothing that should be an alert. */
export function stageLookups(shape: LookupShape, lookups: number, seed: number): Staged {
  return stageQuestions(shape.name, [], function* (): Generator<Question> {
    const random = createRandom(seed)
    const ordinary = createOrdinary(createRandom(seed + 1))
    let timeMs = START_MS
    for (const lookup of shape.ask(lookups, random)) {
      for (let i = 1; i <= ORDINARY; i++) yield ordinary(timeMs + (i * GAP_MS) / (ORDINARY + 1))
      timeMs += GAP_MS
      yield { timeMs, ...lookup }
    }
  })
}
