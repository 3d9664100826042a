import { createRandom } from '../../stats/random.ts'
import type { LookupShape } from '../lookups/index.ts'
import { createOrdinary } from './ordinary.ts'
import { type Question, stageQuestions } from './question.ts'
import type { Scene } from './staged.ts'

const START_MS = Date.UTC(2026, 0, 5, 9)
const LOOKUPS = 200
/** Ordinary questions to each look-up: the look-ups are a tenth of what their client asks. */
const ORDINARY = 9
const GAP_MS = 10_000
const SEED = 3

/** A client that looks things up, as its software does, for a tenth of what it asks: nothing that should be an alert. */
export function lookupScene(shape: LookupShape): Scene {
  function* ask(): Generator<Question> {
    const ordinary = createOrdinary(createRandom(SEED + 1))
    let timeMs = START_MS
    for (const lookup of shape.ask(LOOKUPS, createRandom(SEED))) {
      for (let i = 1; i <= ORDINARY; i++) yield ordinary(timeMs + (i * GAP_MS) / (ORDINARY + 1))
      timeMs += GAP_MS
      yield { timeMs, ...lookup, qname: underKnownTop(lookup.qname) }
    }
  }
  return { name: shape.name, description: shape.description, stage: () => stageQuestions(shape.name, [], ask) }
}

/**
 * The lab's zones end in labels reserved for tests, which no list of public suffixes holds; services are found under
 * ones that it does. These are rows, not questions: nobody asks for them.
 */
function underKnownTop(qname: string): string {
  return qname.replace(/\.(example|test|invalid)$/, '.com')
}
