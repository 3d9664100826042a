import type { DnsBatch } from '../batch/dns-batch.ts'
import { ACCOUNT_SECONDS } from './detection-model.ts'
import type { DomainState } from './domain-state.ts'

/** Address octets of an ordinary answer: eight IPv6 addresses. What comes on top may carry data. */
const ADDRESS_OCTETS = 128
/** The downlink account decays over 6 hours. */
const DOWNLINK_SECONDS = ACCOUNT_SECONDS[1]

/**
 * Charges what a novel answer to a novel name carried down: text, targets and raw RDATA, and addresses past what a
 * balanced host has. An answer the domain gave before (wildcards) carries nothing.
 */
export function chargeDown(state: DomainState, batch: DnsBatch, row: number, timeMs: number): void {
  const payload = batch.answerTextOctets[row] + batch.answerTargetOctets[row] + batch.answerRawOctets[row]
  const octets = payload + Math.max(0, batch.answerAddressOctets[row] - ADDRESS_OCTETS)
  if (octets === 0 || !state.answers.add(batch.answerHashLo[row], batch.answerHashHi[row])) return
  const since = (timeMs - state.decayedDownMs) / 1000
  const decay = since > 0 ? Math.exp(-since / DOWNLINK_SECONDS) : 1
  state.decayedDown = state.decayedDown * decay + octets
  state.decayedDownMs = Number.isNaN(state.decayedDownMs) ? timeMs : Math.max(timeMs, state.decayedDownMs)
  state.downOctets += octets
}
