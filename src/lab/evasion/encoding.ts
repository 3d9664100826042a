import { createRandom } from '../../stats/random.ts'
import type { EncodedName, Encoder } from '../encoders/index.ts'
import { NOERROR, NXDOMAIN } from '../lookups/lookup.ts'
import { makePayload, type PayloadKind } from '../payload.ts'
import { QTYPE } from '../qtypes.ts'
import { createOrdinary } from './ordinary.ts'
import { type Question, stageQuestions } from './question.ts'
import type { Staged } from './staged.ts'

/** How an encoding is asked. */
export interface EncodingScene {
  readonly payload: PayloadKind
  readonly payloadOctets: number
  /** Whether names have an address or do not exist. */
  readonly answered: boolean
  /** Ordinary questions of the same client before each of the encoding's. */
  readonly decoys: number
  readonly seed: number
}

export const LEAK_ZONE = 't1.leak.example'
const LEAK_DOMAIN = 'leak.example'
const START_MS = Date.UTC(2026, 0, 5, 9)
const SECOND_MS = 1000

/** A payload that leaves in one question a second, for as long as it takes, beside so many ordinary questions. */
export function stageEncoding(encoder: Encoder, scene: EncodingScene): Staged {
  return stageQuestions(encoder.name, [LEAK_DOMAIN], function* () {
    const random = createRandom(scene.seed)
    const ordinary = createOrdinary(createRandom(scene.seed + 1))
    const payload = makePayload(scene.payload, scene.payloadOctets, random)
    let timeMs = START_MS
    for (const name of encoder.encode(payload, LEAK_ZONE, random)) {
      for (let i = 0; i < scene.decoys; i++) yield ordinary(timeMs + ((i + 1) * SECOND_MS) / (scene.decoys + 1))
      timeMs += SECOND_MS
      yield leakQuestion(name, timeMs, scene.answered)
    }
  })
}

/** One name of an encoding as a question with the smallest answer of its type, or with none. */
export function leakQuestion({ qname, qtype, payloadOctets }: EncodedName, timeMs: number, answered: boolean): Question {
  const leak = { zone: LEAK_DOMAIN, payloadOctets }
  const head = { timeMs, qname, qtype, leak }
  if (!answered) return { ...head, rcode: NXDOMAIN, answer: 'none', answerOctets: 0 }
  if (qtype === QTYPE.A) return { ...head, rcode: NOERROR, answer: 'address', answerOctets: 4 }
  return { ...head, rcode: NOERROR, answer: 'text', answerOctets: 4 }
}
