import type { TrafficPlan } from './plan.ts'
import type { SentExchange } from './sent-exchange.ts'

/** What a truth file begins with. */
export interface TruthHead {
  readonly kind: 'truth'
  readonly version: 1
  readonly seed: number
  readonly styles: readonly string[]
  readonly packets: number
  readonly firstMs: number
  readonly lastMs: number
}

/** One exchange of a transfer: what a packet has to look like to be part of it. */
export interface TruthExchange {
  readonly kind: 'exchange'
  readonly transfer: string
  readonly style: string
  readonly timeMs: number
  readonly client: string
  readonly clientPort: number
  readonly resolver: string
  readonly id: number
  readonly qname: string
  readonly qtype: number
  readonly payloadOctets: number
  readonly decoy: boolean
}

/** A truth file that is none; the message is one sentence for the operator. */
export class TruthError extends Error {
  override readonly name = 'TruthError'
}

/** Lines of the truth file: its head, then an exchange of a transfer each, in order of time. */
export function* truthLines(
  { seed, styles }: TrafficPlan,
  exchanges: readonly SentExchange[],
  span: Pick<TruthHead, 'packets' | 'firstMs' | 'lastMs'>,
): Generator<string> {
  const head: TruthHead = { kind: 'truth', version: 1, seed, styles, ...span }
  yield `${JSON.stringify(head)}\n`
  for (const { transfer, timeMs, from, to, id, qname, qtype } of exchanges) {
    if (!transfer) continue
    const { id: name, style, payloadOctets, decoy } = transfer
    const line: TruthExchange = {
      ...{ kind: 'exchange', transfer: name, style, timeMs, client: from.address, clientPort: from.port },
      ...{ resolver: to.address, id, qname, qtype, payloadOctets, decoy },
    }
    yield `${JSON.stringify(line)}\n`
  }
}

/** Reads a truth file, believing nothing. Throws {@link TruthError} with one sentence. */
export function parseTruth(text: string, path: string): { head: TruthHead; exchanges: TruthExchange[] } {
  const lines = text.split('\n').filter((line) => line !== '')
  const head = parsed(lines[0]) as Partial<TruthHead> | undefined
  if (head?.kind !== 'truth' || head.version !== 1) {
    throw new TruthError(
      `${path} is no truth file of this version: wakeful lab generate writes one beside each capture.`,
    )
  }
  const exchanges = lines.slice(1).map((line, i) => {
    const row = parsed(line)
    if (!isExchange(row)) throw new TruthError(`Line ${i + 2} of ${path} is no exchange of a transfer: make it again.`)
    return row
  })
  return { head: head as TruthHead, exchanges }
}

function parsed(line: string | undefined): unknown {
  try {
    return line === undefined ? undefined : JSON.parse(line)
  } catch {
    return undefined
  }
}

function isExchange(row: unknown): row is TruthExchange {
  const { kind, transfer, style, client, qname, id, clientPort, timeMs } = (row ?? {}) as Partial<TruthExchange>
  const texts = [transfer, style, client, qname].every((text) => typeof text === 'string')
  return kind === 'exchange' && texts && [id, clientPort, timeMs].every((value) => Number.isFinite(value))
}
