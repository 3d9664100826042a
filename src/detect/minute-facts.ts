import { growBytes } from '../batch/grow.ts'
import { mix } from '../stats/hash.ts'
import type { CanonicalBatch } from './canonical-batch.ts'
import type { ClientFact } from './client-facts.ts'

/** What an ordinary host name costs at most: bits past this are what a rotating client is held to. */
const ORDINARY_OCTETS = 5
/**
 * Facts kept of one partition's minute, 1,024 over all: one client needs a few dozen for its alert. In a flood the first
 * of each minute are taken, so a client that goes on is still seen.
 */
const FACTS_MAX = 64
const ADDRESS_OCTETS = 16

/** Numbers of a fact, each at this place of its stretch. */
const AT = {
  ...{ clientLo: 0, clientHi: 1, domainLo: 2, domainHi: 3, invented: 4, firstMs: 5, lastMs: 6, queries: 7, octets: 8 },
  ...{ excessOctets: 9, prefixOctets: 10, answerOctets: 11, namesSum: 12, answersSum: 13, qtype: 14, input: 15 },
  ...{ textStart: 16, domainLength: 17, sampleLength: 18 },
} as const
const STRETCH = 19

/** One novel exchange as the client stage needs it. */
export interface NovelExchange {
  readonly octets: number
  readonly prefixOctets: number
  readonly namesStep: number
  readonly answersStep: number
  readonly invented: boolean
}

/**
 * The minute being gathered by one partition, in columns: objects that live a minute are the dearest there are in a heap
 * with generations.
 */
export class MinuteFacts {
  private readonly byKey = new Map<number, number>()
  private numbers = new Float64Array(0)
  /** For each fact its client's address, its domain and its first name. */
  private texts: Uint8Array = new Uint8Array(0)
  private textsEnd = 0
  private size = 0
  /** Facts that found no room: from here on the client accounts are lower bounds. */
  overflowed = 0

  /** Whether the counts fit the columns; a table read from a file may have been made up. */
  get isSound(): boolean {
    const { size, numbers, textsEnd, texts } = this
    if (!(numbers instanceof Float64Array && texts instanceof Uint8Array)) return false
    return size <= FACTS_MAX && size * STRETCH <= numbers.length && textsEnd <= texts.length
  }

  /** Adds a novel exchange to its (client, domain). Rows without a client have nobody to be charged to. */
  note(rows: CanonicalBatch, row: number, timeMs: number, novel: NovelExchange): void {
    if ((rows.clientLo[row] | rows.clientHi[row]) === 0) return
    const at = this.of(rows, row, timeMs, novel.invented)
    if (at < 0) return
    const { numbers } = this
    const { batch } = rows
    numbers[at + AT.lastMs] = Math.max(numbers[at + AT.lastMs], timeMs)
    numbers[at + AT.queries]++
    numbers[at + AT.octets] += novel.octets
    numbers[at + AT.excessOctets] += Math.max(0, novel.octets - ORDINARY_OCTETS)
    numbers[at + AT.prefixOctets] += novel.prefixOctets
    numbers[at + AT.answerOctets] +=
      batch.answerTextOctets[row] + batch.answerTargetOctets[row] + batch.answerRawOctets[row]
    numbers[at + AT.namesSum] += novel.namesStep
    numbers[at + AT.answersSum] += novel.answersStep
  }

  /** Gives the facts away and starts the next minute. */
  take(): ClientFact[] {
    const facts = Array.from({ length: this.size }, (_, fact) => this.read(fact * STRETCH))
    this.byKey.clear()
    this.size = 0
    this.textsEnd = 0
    return facts
  }

  /**
   * Where the row's fact starts, opened if there is room, else -1. Names booked whole are a fact apart from the prefixes
   * of the same domain: they go to another account of the client.
   */
  private of(rows: CanonicalBatch, row: number, timeMs: number, invented: boolean): number {
    const [clientLo, clientHi] = [rows.clientLo[row], rows.clientHi[row]]
    const [domainLo, domainHi] = [rows.domainLo[row], rows.domainHi[row]]
    // 52 bits: two of a minute's few hundred keys clash once in 10^11 minutes.
    const key = mix(clientLo ^ (invented ? 1 : 0), domainLo) * 0x100000 + (mix(clientHi, domainHi) & 0xfffff)
    const known = this.byKey.get(key)
    if (known !== undefined) return known
    if (this.size === FACTS_MAX) {
      this.overflowed++
      return -1
    }
    if (this.numbers.length === 0) this.numbers = new Float64Array(FACTS_MAX * STRETCH)
    const at = this.size++ * STRETCH
    const { batch } = rows
    const { numbers } = this
    numbers.fill(0, at, at + STRETCH)
    numbers[at + AT.clientLo] = clientLo
    numbers[at + AT.clientHi] = clientHi
    numbers[at + AT.domainLo] = domainLo
    numbers[at + AT.domainHi] = domainHi
    numbers[at + AT.invented] = invented ? 1 : 0
    numbers[at + AT.firstMs] = timeMs
    numbers[at + AT.lastMs] = timeMs
    numbers[at + AT.qtype] = batch.qtype[row]
    numbers[at + AT.input] = batch.input[row]
    numbers[at + AT.textStart] = this.textsEnd
    numbers[at + AT.domainLength] = rows.domainLength[row]
    numbers[at + AT.sampleLength] = batch.nameLength[row]
    this.append(batch.client, row * ADDRESS_OCTETS, ADDRESS_OCTETS, false)
    this.append(batch.arena, batch.nameStart[row] + rows.domainOffset[row], rows.domainLength[row], true)
    this.append(batch.arena, batch.nameStart[row], batch.nameLength[row], false)
    this.byKey.set(key, at)
    return at
  }

  private append(source: Uint8Array, start: number, length: number, fold: boolean): void {
    const end = this.textsEnd + length
    if (end > this.texts.length) this.texts = growBytes(this.texts, Math.max(end, 1024))
    for (let i = 0; i < length; i++) {
      const octet = source[start + i]
      this.texts[this.textsEnd + i] = fold && octet >= 0x41 && octet <= 0x5a ? octet + 32 : octet
    }
    this.textsEnd = end
  }

  private read(at: number): ClientFact {
    const { numbers } = this
    const number = (name: keyof typeof AT) => numbers[at + AT[name]]
    const domainAt = number('textStart') + ADDRESS_OCTETS
    const sampleAt = domainAt + number('domainLength')
    return {
      clientLo: number('clientLo'),
      clientHi: number('clientHi'),
      client: this.text(number('textStart'), ADDRESS_OCTETS),
      domainLo: number('domainLo'),
      domainHi: number('domainHi'),
      domain: this.text(domainAt, number('domainLength')),
      invented: number('invented') === 1,
      firstMs: number('firstMs'),
      lastMs: number('lastMs'),
      queries: number('queries'),
      names: number('queries'),
      octets: number('octets'),
      excessOctets: number('excessOctets'),
      prefixOctets: number('prefixOctets'),
      answerOctets: number('answerOctets'),
      namesSum: number('namesSum'),
      answersSum: number('answersSum'),
      sample: this.text(sampleAt, number('sampleLength')),
      qtype: number('qtype'),
      input: number('input'),
    }
  }

  private text(start: number, length: number): string {
    return Buffer.from(this.texts.buffer, this.texts.byteOffset + start, length).toString('latin1')
  }
}
