import type { DnsMessage } from '../../dns/message.ts'
import { foldWord } from '../../stats/fold-word.ts'
import { mix } from '../../stats/hash.ts'
import type { Flow } from './flow.ts'

/**
 * Hashes of the exchange read last; module state, so that no message costs an object. `question` is the same for a
 * query repeated from another port: client, resolver, id, name without case, type. `exchange` adds ports and transport.
 * Signed, since V8 holds a number that fits 32 bits with its sign without an object.
 */
export const exchangeHash = { questionLo: 0, questionHi: 0, exchangeLo: 0, exchangeHi: 0 }

/** Computes {@link exchangeHash}, a word at a time: four times cheaper than an octet at a time. */
export function hashExchange(message: DnsMessage, flow: Flow, asks: boolean): void {
  const client = asks ? flow.sourceWords : flow.destinationWords
  const resolver = asks ? flow.destinationWords : flow.sourceWords
  const ports = asks ? (flow.sourcePort << 16) | flow.destinationPort : (flow.destinationPort << 16) | flow.sourcePort
  const { nameWords } = message
  const end = (message.nameLength + 3) >> 2
  let lo = message.nameLength
  let hi = (message.id << 16) | message.qtype
  for (let i = 0; i < end; i++) {
    const word = foldWord(nameWords[i])
    lo = stirLow(lo, word)
    hi = stirHigh(hi, word)
  }
  for (let i = 0; i < 4; i++) {
    lo = stirLow(stirLow(lo, client[i]), resolver[i])
    hi = stirHigh(stirHigh(hi, client[i]), resolver[i])
  }
  exchangeHash.questionLo = mix(lo, hi) | 0
  exchangeHash.questionHi = mix(hi, lo) | 0
  exchangeHash.exchangeLo = mix(lo, ports) | 0
  exchangeHash.exchangeHi = mix(hi, ports ^ (flow.tcp ? 0x5bd1e995 : 0)) | 0
}

function stirLow(lane: number, word: number): number {
  const stirred = Math.imul(lane ^ word, 0x85ebca6b)
  return stirred ^ (stirred >>> 15)
}

function stirHigh(lane: number, word: number): number {
  const stirred = Math.imul(lane + word, 0xc2b2ae35)
  return stirred ^ (stirred >>> 13)
}
