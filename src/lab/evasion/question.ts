import { parseAddress } from '../../batch/address.ts'
import { DnsBatch, MARK, TRANSPORT, VANTAGE } from '../../batch/dns-batch.ts'
import { countLabels } from '../../dns/name.ts'
import type { AnswerKind } from '../lookups/lookup.ts'
import { foldedText } from './row-draft.ts'
import type { Leaked, Staged } from './staged.ts'
import { wireName } from './transform.ts'

/** One question of a made-up client, and its answer. */
export interface Question {
  readonly timeMs: number
  readonly qname: string
  readonly qtype: number
  readonly rcode: number
  readonly answer: AnswerKind
  /** RDATA octets of the answer. */
  readonly answerOctets: number
  /** For questions of the attack: the octets in front of the zone count as leaked, and so many of the payload. */
  readonly leak?: { readonly zone: string; readonly payloadOctets: number }
}

const ROWS = 256
const CLIENT = '10.0.0.5'
const RESOLVER = '10.0.0.1'
/** Header, type, class and the root octet around a question's name (RFC 1035 4.1). */
const AROUND_OCTETS = 17
/** Header and compressed name of an answer record. */
const RECORD_OCTETS = 12

/** The questions of one client as its resolver hears them, in order of time. They stop where the signal says so. */
export function stageQuestions(name: string, domains: readonly string[], ask: () => Iterable<Question>): Staged {
  const leaked: Leaked[] = []
  async function* read(signal: AbortSignal): AsyncGenerator<DnsBatch> {
    leaked.length = 0
    const heard = new Set<string>()
    const batch = new DnsBatch(ROWS)
    for (const question of ask()) {
      addQuestion(batch, question)
      if (question.leak) leaked.push(leakOf(question, question.leak, heard))
      if (!batch.full) continue
      yield batch
      batch.clear()
      if (signal.aborted) return
    }
    if (batch.rows > 0) yield batch
  }
  return { source: { name, timed: true, read }, domains, leaked }
}

function leakOf({ qname, timeMs }: Question, leak: NonNullable<Question['leak']>, heard: Set<string>): Leaked {
  const key = foldedText(wireName(qname))
  // A dot stands where the zone starts.
  const prefixOctets = heard.has(key) ? 0 : key.length - wireName(leak.zone).length - 1
  heard.add(key)
  return { timeMs, prefixOctets, payloadOctets: leak.payloadOctets }
}

function addQuestion(batch: DnsBatch, question: Question): void {
  const row = batch.addRow()
  const name = wireName(question.qname)
  batch.timeMs[row] = question.timeMs
  batch.position[row] = row
  parseAddress(CLIENT, batch.client, row * 16)
  parseAddress(RESOLVER, batch.resolver, row * 16)
  batch.resolverPort[row] = 53
  batch.vantage[row] = VANTAGE.clientSide
  batch.transport[row] = TRANSPORT.udp
  batch.marks[row] = MARK.query | MARK.response | MARK.hasClient
  batch.setName(row, name, 0, name.length, countLabels(name, 0, name.length))
  batch.qtype[row] = question.qtype
  batch.qclass[row] = 1
  batch.rcode[row] = question.rcode
  batch.flags[row] = 0x0100
  batch.querySizeBytes[row] = AROUND_OCTETS + name.length
  batch.responseSizeBytes[row] = AROUND_OCTETS + name.length
  batch.roundTripMs[row] = 20
  if (question.answer === 'none') return
  const octets = question.answerOctets
  batch.answerCount[row] = 1
  batch.responseSizeBytes[row] += RECORD_OCTETS + octets
  if (question.answer === 'address' || question.answer === 'address6') batch.answerAddressOctets[row] = octets
  else if (question.answer === 'text') batch.answerTextOctets[row] = octets
  else if (question.answer === 'alias') batch.answerTargetOctets[row] = octets
  else batch.answerRawOctets[row] = octets
  // Each name another answer.
  batch.answerHashLo[row] = name.reduce((hash, octet) => Math.imul(hash ^ octet, 0x01000193) >>> 0, 0x811c9dc5)
  batch.answerHashHi[row] = 1 + octets
}
