import { createRandom } from '../../stats/random.ts'
import type { Encoder } from '../encoders/index.ts'
import { makePayload } from '../payload.ts'
import { leakQuestion, LEAK_ZONE } from './encoding.ts'
import { createOrdinary } from './ordinary.ts'
import { type Question, stageQuestions } from './question.ts'
import type { Staged } from './staged.ts'

const DAY_MS = 86_400_000
const START_MS = Date.UTC(2026, 0, 5)
const ORDINARY_A_DAY = 4000

/** A leak of so many payload octets a day, evenly among a client's ordinary questions. */
export interface SlowLeak {
  readonly encoder: Encoder
  readonly octetsADay: number
  readonly days: number
  readonly answered: boolean
  readonly seed: number
}

/** The whole of it as one observation. */
export function stageSlowLeak(leak: SlowLeak): Staged {
  return stageDays(leak, 0, leak.days)
}

/** The same, cut at midnight into the observations of a nightly scan. */
export function stageSlowLeakByDay(leak: SlowLeak): Staged[] {
  return Array.from({ length: leak.days }, (_, day) => stageDays(leak, day, day + 1))
}

function stageDays(leak: SlowLeak, from: number, to: number): Staged {
  return stageQuestions(`days ${from + 1} to ${to}`, ['leak.example'], function* () {
    for (const question of allQuestions(leak)) {
      const day = (question.timeMs - START_MS) / DAY_MS
      if (day >= from && day < to) yield question
    }
  })
}

function allQuestions({ encoder, octetsADay, days, answered, seed }: SlowLeak): Question[] {
  const random = createRandom(seed)
  const ordinary = createOrdinary(createRandom(seed + 1))
  const names = encoder.encode(makePayload('random', octetsADay * days, random), LEAK_ZONE, random)
  const questions: Question[] = []
  const place = (at: number, count: number) => START_MS + ((at + random()) / count) * days * DAY_MS
  for (const [at, name] of names.entries()) questions.push(leakQuestion(name, place(at, names.length), answered))
  const others = ORDINARY_A_DAY * days
  for (let at = 0; at < others; at++) questions.push(ordinary(place(at, others)))
  return questions.sort((a, b) => a.timeMs - b.timeMs)
}
