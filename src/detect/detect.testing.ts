import { addRow, type Row, rowsToBatch, START_MS, wire } from '../batch/rows.testing.ts'
import { loadPublicSuffixes } from '../dns/public-suffix.ts'
import { CanonicalBatch, NAME_CLASS } from './canonical-batch.ts'
import type { DetectionModel, Thresholds } from './detection-model.ts'
import { Detector, type DetectorOptions } from './detector.ts'
import { DomainState } from './domain-state.ts'
import { flatLanguage } from './name-code.ts'

export const THRESHOLDS: Thresholds = {
  accountOctets: [512, 512, 1024, 2048],
  downlinkOctets: 1024,
  downlinkNames: 4,
  sequential: { names: 20, answers: 9 },
  listSum: 9,
  listOctetsAName: 8,
  listNames: 4,
  sequentialOctets: 24,
  inventedOctets: 512,
  rotationOctets: 1024,
  rotationDomains: 3,
  lookupOctets: 16_384,
  lookupWeekOctets: 2048,
  lookupShare: 0.25,
}

/** A model without learning: octets cost 6 bits, and every exchange gives the ratios it is made with. */
export function plainModel(names = 0, answers = names, thresholds: Partial<Thresholds> = {}): DetectionModel {
  return {
    version: 'plain',
    language: flatLanguage(6),
    arms: { names: { logLikelihoodRatio: () => names }, answers: { logLikelihoodRatio: () => answers } },
    thresholds: { ...THRESHOLDS, ...thresholds },
    fusion: { base: -4, weights: [1, 0.5, 1, 0.5] },
    sides: [],
    typical: {},
  }
}

/** A detector that has booked these rows. */
export function detect(rows: readonly Row[], model: DetectionModel, options: Partial<DetectorOptions> = {}): Detector {
  const detector = new Detector(model, loadPublicSuffixes(), { timed: true, ...options })
  detector.process(rowsToBatch(rows))
  detector.finish()
  return detector
}

/** The rich state of a domain. */
export function stateOf(detector: Detector, domain: string): DomainState | undefined {
  const key = Buffer.from(wire(domain))
  return detector.partitions.flatMap(({ rich }) => [...rich.values()]).find((state) => key.equals(state.domain))
}

/** A state with nothing in it. */
export function emptyState(lo = 1, hi = 1, domain = 'evil.example', firstMs = START_MS): DomainState {
  return new DomainState(lo, hi, wire(domain), NAME_CLASS.ordinary, firstMs, 0)
}

/** Rows as L0 would hand them on, with hashes a test can set. */
export function canonicalRows(rows: readonly Row[]): CanonicalBatch {
  const out = new CanonicalBatch(Math.max(1, rows.length))
  out.batch = rowsToBatch([])
  const batch = rowsToBatch(rows)
  out.batch = batch
  return out
}

export { addRow }
