import { VANTAGE } from '../batch/dns-batch.ts'
import type { CanonicalBatch } from './canonical-batch.ts'
import type { ClientTally } from './client-tally.ts'
import type { DomainState } from './domain-state.ts'
import { GapStats } from './evidence/gap-stats.ts'
import { RATIO_MAX } from './fusion.ts'
import { SMALL_ANSWER_OCTETS } from './lookup-service.ts'

/** Whether more evidence of the sequential test could change nothing: an alert whose ratios are past all use. */
export function isSettled(state: DomainState): boolean {
  return state.alert !== undefined && state.peaks.names > RATIO_MAX && state.peaks.answers > RATIO_MAX
}

/** Counts a row of a rich domain, novel or not. */
export function tallyRow(state: DomainState, rows: CanonicalBatch, row: number, timeMs: number): ClientTally {
  const { batch } = rows
  const tally = state.clients.of(rows.clientLo[row], rows.clientHi[row], batch.client, row * 16, rows.clientTotal[row])
  tally.totalNow = Math.max(tally.totalNow, rows.clientTotal[row])
  if (batch.vantage[row] !== VANTAGE.resolverSide) tally.clientSide = true
  if (timeMs > state.lastMs || Number.isNaN(state.lastMs)) state.lastMs = timeMs
  if (rows.counted[row] === 0) return tally
  tally.queries++
  tally.mixed += rows.mixedCase[row]
  state.queries++
  state.tallied++
  state.qtypes.set(batch.qtype[row], (state.qtypes.get(batch.qtype[row]) ?? 0) + 1)
  state.timeline.add(timeMs, 1, 0, 0)
  if (state.alert) {
    state.gaps ??= new GapStats()
    state.gaps.add(timeMs)
  }
  if (batch.rcode[row] >= 0) {
    const payload = batch.answerTextOctets[row] + batch.answerTargetOctets[row] + batch.answerRawOctets[row]
    state.answered++
    state.answerOctets += payload + batch.answerAddressOctets[row]
    if (payload <= SMALL_ANSWER_OCTETS) state.smallAnswers++
    if (batch.rcode[row] === 3) state.nameErrors++
  }
  return tally
}

/** Counts a novel name of a rich domain; `accountOctets` is its account over 6 hours after it was charged. */
export function noteNovel(
  state: DomainState,
  tally: ClientTally,
  prefixOctets: number,
  octets: number,
  timeMs: number,
  accountOctets: number,
): void {
  state.novelNames++
  state.octets += octets
  state.prefixOctets += prefixOctets
  state.timeline.add(timeMs, 0, octets, accountOctets)
  tally.octets += octets
}
