import type { DnsBatch } from '../batch/dns-batch.ts'
import { PrefixText } from '../dns/prefix-text.ts'
import { ACCOUNT_SECONDS } from './detection-model.ts'
import type { DomainState } from './domain-state.ts'
import type { NameCoder } from './name-code.ts'

/** Address octets of an ordinary answer: eight IPv6 addresses. What comes on top may carry data. */
const ADDRESS_OCTETS = 128
/** The downlink account decays over 6 hours. */
const DOWNLINK_SECONDS = ACCOUNT_SECONDS[1]

/**
 * Charges what a novel answer to a novel name carried down: text and raw RDATA, targets under the domain itself by the
 * language model's code (a target elsewhere is somebody else's name), and addresses past what a balanced host has. An
 * answer the domain gave before (wildcards) carries nothing.
 */
export function chargeDown(state: DomainState, batch: DnsBatch, row: number, timeMs: number, coder: NameCoder): void {
  const payload = batch.answerTextOctets[row] + batch.answerRawOctets[row] + ownTargetOctets(state, batch, row, coder)
  const octets = payload + Math.max(0, batch.answerAddressOctets[row] - ADDRESS_OCTETS)
  if (octets === 0 || !state.answers.add(batch.answerHashLo[row], batch.answerHashHi[row])) return
  const since = (timeMs - state.decayedDownMs) / 1000
  const decay = since > 0 ? Math.exp(-since / DOWNLINK_SECONDS) : 1
  state.decayedDown = state.decayedDown * decay + octets
  state.decayedDownMs = Number.isNaN(state.decayedDownMs) ? timeMs : Math.max(timeMs, state.decayedDownMs)
  state.downOctets += octets
}

const target = new PrefixText()

/** Octets of the targets that stand under the domain itself, where its owner makes up names as it likes. */
function ownTargetOctets(state: DomainState, batch: DnsBatch, row: number, coder: NameCoder): number {
  let bits = 0
  const first = batch.targetFirst[row]
  for (let t = first; t < first + batch.targetCount[row]; t++) {
    const prefix = batch.targetLength[t] - state.domain.length
    if (prefix <= 0 || !endsWithFolded(batch.arena, batch.targetStart[t] + prefix, state.domain)) continue
    target.read(batch.arena, batch.targetStart[t], prefix)
    bits += coder.bits(target, undefined)
  }
  return bits / 8
}

function endsWithFolded(bytes: Uint8Array, start: number, folded: Uint8Array): boolean {
  for (let i = 0; i < folded.length; i++) {
    let octet = bytes[start + i]
    if (octet >= 0x41 && octet <= 0x5a) octet += 32
    if (octet !== folded[i]) return false
  }
  return true
}
