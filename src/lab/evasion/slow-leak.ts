import { createRandom } from '../../stats/random.ts'
import type { Encoder } from '../encoders/index.ts'
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

/** A leak of 1 KiB of payload a day for a week, evenly among the ordinary questions of one client. */
export interface SlowLeakScene extends Scene {
  readonly ordinaryADay: number
  /** Start of the first day. */
  readonly startMs: number
  /** The same, cut at midnight into what a nightly scan reads. */
  stageByDay(): Staged[]
}

export function slowLeakScene(encoder: Encoder, ordinaryADay: number): SlowLeakScene {
  let asked: Question[] | undefined
  const stageDays = (from: number, to: number) =>
    stageQuestions(`days ${from + 1} to ${to}`, [LEAK_DOMAIN], () => {
      asked ??= week(encoder, ordinaryADay)
      return asked.filter(({ timeMs }) => timeMs >= START_MS + from * DAY_MS && timeMs < START_MS + to * DAY_MS)
    })
  return {
    name: encoder.name,
    description: encoder.description,
    ordinaryADay,
    startMs: START_MS,
    stage: () => stageDays(0, DAYS),
    stageByDay: () => Array.from({ length: DAYS }, (_, day) => stageDays(day, day + 1)),
  }
}

function week(encoder: Encoder, ordinaryADay: number): Question[] {
  const random = createRandom(SEED)
  const ordinary = createOrdinary(createRandom(SEED + 1))
  const names = encoder.encode(makePayload('random', OCTETS_A_DAY * DAYS, random), LEAK_ZONE, random)
  const others = ordinaryADay * DAYS
  // Anywhere within its share of the week.
  const place = (at: number, of: number) => START_MS + ((at + random()) / of) * DAYS * DAY_MS
  return [
    ...names.map((name, at) => leakQuestion(name, place(at, names.length), true)),
    ...Array.from({ length: others }, (_, at) => ordinary(place(at, others))),
  ].sort((a, b) => a.timeMs - b.timeMs)
}
