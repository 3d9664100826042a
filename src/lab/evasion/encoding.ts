import { createRandom } from '../../stats/random.ts'
import { deflate } from '../deflate.ts'
import type { EncodedName, Encoder } from '../encoders/index.ts'
import { NOERROR, NXDOMAIN } from '../lookups/lookup.ts'
import { makePayload, type PayloadKind } from '../payload.ts'
import { QTYPE } from '../qtypes.ts'
import { createOrdinary } from './ordinary.ts'
import { type Question, stageQuestions } from './question.ts'
import type { Scene } from './staged.ts'

/** How an encoding is asked. */
export interface EncodingOptions {
  readonly payload: PayloadKind
  /** Whether names have an address or do not exist. */
  readonly answered: boolean
  /** Ordinary questions of the same client to each of the encoding's; 0.25 is one to four. */
  readonly ordinary: number
}

/** A payload that leaves through one encoding. */
export interface EncodingScene extends Scene, EncodingOptions {
  /** Octets that the first so many octets of the payload take when they are packed: no encoding needs more. */
  packedOctets(payloadOctets: number): number
}

export const LEAK_ZONE = 't1.leak.example'
export const LEAK_DOMAIN = 'leak.example'
/** Half as much again as the largest budget. */
const PAYLOAD_OCTETS = 24 * 1024
const START_MS = Date.UTC(2026, 0, 5, 9)
const SECOND_MS = 1000
const SEED = 7

/** A payload that leaves in one question a second, for as long as it takes, beside so many ordinary questions. */
export function encodingScene(encoder: Encoder, options: EncodingOptions): EncodingScene {
  const { payload, answered, ordinary } = options
  const octets = () => makePayload(payload, PAYLOAD_OCTETS, createRandom(SEED))
  function* ask(): Generator<Question> {
    const other = createOrdinary(createRandom(SEED + 1))
    let timeMs = START_MS
    let due = 0
    for (const name of encoder.encode(octets(), LEAK_ZONE, createRandom(SEED + 2))) {
      const others = Math.floor((due += ordinary))
      due -= others
      for (let i = 1; i <= others; i++) yield other(timeMs + (i * SECOND_MS) / (others + 1))
      timeMs += SECOND_MS
      yield leakQuestion(name, timeMs, answered)
    }
  }
  return {
    name: encoder.name,
    description: encoder.description,
    payload,
    answered,
    ordinary,
    packedOctets: (sent) => Math.min(sent, deflate(octets().subarray(0, sent)).length),
    stage: () => stageQuestions(encoder.name, [LEAK_DOMAIN], ask),
  }
}

/** One name of an encoding as a question with the smallest answer of its type, or with none. */
export function leakQuestion(
  { qname, qtype, payloadOctets }: EncodedName,
  timeMs: number,
  answered: boolean,
): Question {
  const head = { timeMs, qname, qtype, leak: { zone: LEAK_DOMAIN, payloadOctets } }
  if (!answered) return { ...head, rcode: NXDOMAIN, answer: 'none', answerOctets: 0 }
  return { ...head, rcode: NOERROR, answer: qtype === QTYPE.A ? 'address' : 'text', answerOctets: 4 }
}
