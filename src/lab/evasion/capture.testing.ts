import type { DnsBatch } from '../../batch/dns-batch.ts'
import { RowView } from '../../batch/row-view.ts'
import { createRandom } from '../../stats/random.ts'
import { findEncoder } from '../encoders/index.ts'
import { makePayload } from '../payload.ts'
import { type Question, stageQuestions } from './question.ts'
import type { RowSource } from './staged.ts'

export const TUNNEL = 'tunnel.example'
export const START_MS = Date.UTC(2026, 0, 5)

/** A row as a test looks at it. */
export interface SeenRow {
  readonly timeMs: number
  readonly qname: string
  readonly qtype: number
  readonly rcode: number
  readonly answers: number
}

/** Two hundred questions of a tunnel, a fifth of them asked twice, and ordinary ones that come between. */
export function smallCapture(): RowSource {
  const payload = makePayload('random', 200 * 30, createRandom(1))
  const names = findEncoder('base32')!.encode(payload, `t1.${TUNNEL}`, createRandom(2))
  const questions: Question[] = []
  const answered = { qtype: 16, rcode: 0, answer: 'text', answerOctets: 40 } as const
  for (const [i, { qname }] of names.entries()) {
    questions.push({ timeMs: START_MS + i * 500, qname, ...answered })
    if (i % 5 === 0) questions.push({ timeMs: START_MS + i * 500 + 100, qname: qname.toUpperCase(), ...answered })
    const ordinary = { qtype: 1, rcode: 0, answer: 'address', answerOctets: 4 } as const
    questions.push({ timeMs: START_MS + i * 500 + 200, qname: `www.site${i % 7}.test`, ...ordinary })
  }
  // Not under the domain, however much it looks so.
  questions.push({ timeMs: START_MS + 200_000, qname: `a.no${TUNNEL}`, ...answered })
  return stageQuestions('small', [], () => questions).source
}

export async function rowsOf(source: RowSource): Promise<SeenRow[]> {
  const rows: SeenRow[] = []
  for await (const batch of source.read(new AbortController().signal)) rows.push(...seen(batch))
  return rows
}

function seen(batch: DnsBatch): SeenRow[] {
  return Array.from({ length: batch.rows }, (_, row) => {
    const view = new RowView(batch, row)
    const { timeMs, qname, qtype, rcode } = view
    return { timeMs, qname, qtype, rcode, answers: batch.answerCount[row] }
  })
}
