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

/**
 * Computes {@link exchangeHash}: a word at a time, and each lane takes every second word of the name. The lanes are told
 * apart from others' by 64 bits together, which is enough where keys are compared behind them.
 */
export function hashExchange(message: DnsMessage, flow: Flow, asks: boolean): void {
  const client = asks ? flow.sourceWords : flow.destinationWords
  const resolver = asks ? flow.destinationWords : flow.sourceWords
  const ports = asks ? (flow.sourcePort << 16) | flow.destinationPort : (flow.destinationPort << 16) | flow.sourcePort
  const { nameWords, nameLength } = message
  const end = (nameLength + 3) >> 2
  let lo = nameLength
  let hi = (message.id << 16) | message.qtype
  for (let i = 0; i < 4; i++) {
    lo = stir(lo, client[i])
    hi = stir(hi, resolver[i])
  }
  for (let i = 1; i < end; i += 2) {
    lo = stir(lo, foldWord(nameWords[i - 1]))
    hi = stir(hi, foldWord(nameWords[i]))
  }
  if ((end & 1) === 1) lo = stir(lo, foldWord(nameWords[end - 1]))
  exchangeHash.questionLo = mix(lo, hi) | 0
  exchangeHash.questionHi = hi
  exchangeHash.exchangeLo = mix(lo ^ (flow.tcp ? 0x5bd1e995 : 0), hi ^ ports) | 0
  exchangeHash.exchangeHi = hi
}

function stir(lane: number, word: number): number {
  const stirred = Math.imul(lane ^ word, 0x85ebca6b)
  return stirred ^ (stirred >>> 15)
}
