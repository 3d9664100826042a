import { sigmoid } from '../stats/sigmoid.ts'
import { type CanonicalBatch, NAME_CLASS } from './canonical-batch.ts'
import { DETECTORS, LEARNED } from './decide-domain.ts'
import type { DetectionModel } from './detection-model.ts'
import type { DomainState } from './domain-state.ts'
import { type FlatTable, WORD } from './flat-table.ts'
import { RATIO_MAX } from './fusion.ts'
import type { Partition } from './partition.ts'

/** What is said of one query once it is booked: how its domain stands with it. */
export interface RowVerdict {
  /** The fused score (DESIGN.md 4) of the domain, as its incident would carry it. */
  score: number
  malicious: boolean
  /** The domain's state, where it has earned one. */
  state: DomainState | undefined
  /** What stands against the domain: detectors past their line, or that it stands as a look-up service. */
  readonly reasons: string[]
}

/**
 * Writes how the row's domain stands into `out`. A domain that said too little to have a state is scored by what its row
 * of 64 octets holds; a name nobody could have chosen scores as no evidence at all.
 */
export function judgeRow(
  rows: CanonicalBatch,
  row: number,
  partition: Partition,
  model: DetectionModel,
  out: RowVerdict,
): void {
  out.state = undefined
  out.malicious = false
  out.reasons.length = 0
  const { base, weights } = model.fusion
  let logOdds = base
  const at = partition.table.find(rows.domainLo[row], rows.domainHi[row] || 1)
  if (at >= 0 && rows.nameClass[row] !== NAME_CLASS.none) {
    const state = partition.rich.get(rows.domainLo[row], rows.domainHi[row] || 1)
    if (state) {
      const { account, downlink, answers, names } = state.peaks
      logOdds += weights[0] * Math.min(RATIO_MAX, account) + weights[1] * Math.min(RATIO_MAX, downlink)
      logOdds += weights[2] * Math.min(RATIO_MAX, answers) + weights[3] * Math.min(RATIO_MAX, names)
      out.state = state
      out.malicious = state.alert !== undefined
      if (out.malicious) addFired(state, out.reasons)
      else if (state.lookup !== undefined) out.reasons.push('lookup-service')
    } else logOdds += poorLogOdds(partition.table, at, model)
  }
  out.score = sigmoid(logOdds)
}

function addFired({ peaks, learned }: DomainState, reasons: string[]): void {
  if (peaks.account > 1) reasons.push(DETECTORS[0])
  if (peaks.downlink > 1) reasons.push(DETECTORS[1])
  if (peaks.answers > 1) reasons.push(DETECTORS[2])
  if (peaks.names > 1) reasons.push(DETECTORS[3])
  if (learned !== undefined) reasons.push(LEARNED)
}

/** The account over the shortest time is the highest share of a line there is before any decay, as lines rise with time. */
function poorLogOdds({ floats }: FlatTable, at: number, { thresholds, fusion }: DetectionModel): number {
  const { weights } = fusion
  let logOdds = (weights[0] * floats[at + WORD.account]) / thresholds.accountOctets[0]
  if (floats[at + WORD.octets] < thresholds.sequentialOctets) return logOdds
  logOdds += (weights[2] * floats[at + WORD.sumAnswers]) / thresholds.sequential.answers
  logOdds += (weights[3] * floats[at + WORD.sumNames]) / thresholds.sequential.names
  return logOdds
}
