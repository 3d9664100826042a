import type { ClientFact, MinuteFacts } from './client-facts.ts'
import type { CanonicalBatch } from './canonical-batch.ts'

/** What an ordinary host name costs at most: bits past this are what a rotating client is held to. */
const ORDINARY_OCTETS = 5

function latin1(bytes: Uint8Array, start: number, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('latin1')
}

function lower(letter: string): string {
  return letter.toLowerCase()
}

/** One novel exchange as the client stage needs it. */
export interface NovelExchange {
  readonly octets: number
  readonly prefixOctets: number
  readonly namesStep: number
  readonly answersStep: number
  readonly invented: boolean
}

/** Adds a novel exchange to the minute of its (client, domain). Rows without a client have nobody to be charged to. */
export function noteFact(facts: MinuteFacts, rows: CanonicalBatch, row: number, timeMs: number, novel: NovelExchange): void {
  const clientLo = rows.clientLo[row]
  const clientHi = rows.clientHi[row]
  if ((clientLo | clientHi) === 0) return
  const { batch } = rows
  const fact = facts.of(clientLo, clientHi, rows.domainLo[row], rows.domainHi[row], novel.invented, () => {
    const start = batch.nameStart[row]
    const opened: ClientFact = {
      clientLo,
      clientHi,
      client: latin1(batch.client, row * 16, 16),
      domainLo: rows.domainLo[row],
      domainHi: rows.domainHi[row],
      domain: latin1(batch.arena, start + rows.domainOffset[row], rows.domainLength[row]).replace(/[A-Z]/g, lower),
      invented: novel.invented,
      firstMs: timeMs,
      lastMs: timeMs,
      queries: 0,
      names: 0,
      octets: 0,
      excessOctets: 0,
      prefixOctets: 0,
      answerOctets: 0,
      namesSum: 0,
      answersSum: 0,
      sample: latin1(batch.arena, start, batch.nameLength[row]),
      qtype: batch.qtype[row],
      input: batch.input[row],
    }
    return opened
  })
  if (!fact) return
  fact.lastMs = Math.max(fact.lastMs, timeMs)
  fact.queries++
  fact.names++
  fact.octets += novel.octets
  fact.excessOctets += Math.max(0, novel.octets - ORDINARY_OCTETS)
  fact.prefixOctets += novel.prefixOctets
  fact.answerOctets += batch.answerTextOctets[row] + batch.answerTargetOctets[row] + batch.answerRawOctets[row]
  fact.namesSum += novel.namesStep
  fact.answersSum += novel.answersStep
}
