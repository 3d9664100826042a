import { createRandom } from '../../stats/random.ts'
import type { EncodedName, Encoder } from '../encoders/index.ts'
import { makePayload } from '../payload.ts'
import { LEAK_DOMAIN, LEAK_ZONE, leakQuestion } from './encoding.ts'
import { createOrdinary } from './ordinary.ts'
import { type Question, stageQuestions } from './question.ts'
import type { Scene, Staged } from './staged.ts'

const DAY_MS = 86_400_000
const START_MS = Date.UTC(2026, 0, 5)
const DAYS = 7
const OCTETS_A_DAY = 1024
const SEED = 5
const AGAIN_MS = 300_000

/** A leak of 1 KiB of payload a day for a week, evenly among the ordinary questions of one client. */
export interface SlowLeakScene extends Scene {
  readonly ordinaryADay: number
  /** How often each name is asked, some minutes apart: honest look-ups come back too. */
  readonly asks: number
  /** Start of the first day. */
  readonly startMs: number
  /** The same, cut at midnight into what a nightly scan reads. */
  stageByDay(): Staged[]
}

export function slowLeakScene(encoder: Encoder, ordinaryADay: number, asks: number = 1): SlowLeakScene {
  let asked: Question[] | undefined
  const stageDays = (from: number, to: number) =>
    stageQuestions(`days ${from + 1} to ${to}`, [LEAK_DOMAIN], () => {
      asked ??= week(encoder, ordinaryADay, asks)
      return asked.filter(({ timeMs }) => timeMs >= START_MS + from * DAY_MS && timeMs < START_MS + to * DAY_MS)
    })
  return {
    name: encoder.name,
    description: encoder.description,
    ordinaryADay,
    asks,
    startMs: START_MS,
    stage: () => stageDays(0, DAYS),
    stageByDay: () => Array.from({ length: DAYS }, (_, day) => stageDays(day, day + 1)),
  }
}

function week(encoder: Encoder, ordinaryADay: number, asks: number): Question[] {
  const random = createRandom(SEED)
  const ordinary = createOrdinary(createRandom(SEED + 1))
  const names = encoder.encode(makePayload('random', OCTETS_A_DAY * DAYS, random), LEAK_ZONE, random)
  const others = ordinaryADay * DAYS
  // Anywhere within its share of the week.
  const place = (at: number, of: number) => START_MS + ((at + random()) / of) * DAYS * DAY_MS
  return [
    ...names.flatMap((name, at) => askOften(name, place(at, names.length), asks)),
    ...Array.from({ length: others }, (_, at) => ordinary(place(at, others))),
  ].sort((a, b) => a.timeMs - b.timeMs)
}

/** Only the first time lets out anything. */
function askOften(name: EncodedName, timeMs: number, asks: number): Question[] {
  return Array.from({ length: asks }, (_, i) =>
    leakQuestion(i === 0 ? name : { ...name, payloadOctets: 0 }, timeMs + i * AGAIN_MS, true),
  )
}
