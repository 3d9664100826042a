import type { QueryArm } from '../features/query/index.ts'
import type { PrefixLanguage } from './name-code.ts'
import type { SideDetector } from './side-detector.ts'

/** Time scales of the decayed accounts in seconds: 10 minutes, 6 hours, 24 hours, 7 days. */
export const ACCOUNT_SECONDS = [600, 21_600, 86_400, 604_800] as const

/** Lines that detectors are held against. Set at training, stored in the model, never touched at run time. */
export interface Thresholds {
  /** Octets up per domain at each of {@link ACCOUNT_SECONDS}. */
  readonly accountOctets: readonly number[]
  /** Octets down in novel answers to novel names, decayed over 6 hours, and the novel names it needs at least. */
  readonly downlinkOctets: number
  readonly downlinkNames: number
  /** CUSUM limits of the two arms of the query model, per (client, domain). */
  readonly sequential: Readonly<Record<QueryArm, number>>
  /** Limit of the plain sum over a name list, which has neither clients nor time. */
  readonly listSum: number
  /** Octets a name of a list must hold on average, and the novel names its domain needs at least. */
  readonly listOctetsAName: number
  readonly listNames: number
  /** Octets a domain's account must hold before the sequential test may speak. */
  readonly sequentialOctets: number
  /** A client's account over invented names, and over rare domains it rotates through. */
  readonly inventedOctets: number
  readonly rotationOctets: number
  /** Distinct domains a client group needs. */
  readonly rotationDomains: number
  /** Octets up or down until which a look-up service stands as low, and its largest share of its clients' queries. */
  readonly lookupOctets: number
  /** Octets a week and client for look-ups that go on for days and never repeat. */
  readonly lookupWeekOctets: number
  readonly lookupShare: number
}

/** One arm of the query model: log-likelihood ratio, tunnel over benign, of one row of its features. */
export interface ArmModel {
  logLikelihoodRatio(features: Float64Array): number
}

/** Weights of the fused score: sigmoid(base + sum of weight x ratio), every weight at least zero. */
export interface FusionWeights {
  readonly base: number
  readonly weights: readonly number[]
  /** Of side detectors, by name; 0 where there is none. */
  readonly sides?: Readonly<Record<string, number>>
}

/** Everything learned that detection needs. */
export interface DetectionModel {
  readonly version: string
  readonly language: PrefixLanguage
  readonly arms: Readonly<Record<QueryArm, ArmModel>>
  readonly thresholds: Thresholds
  readonly fusion: FusionWeights
  /** Detectors that add to the score and never alert. */
  readonly sides: readonly SideDetector[]
  /** What each signal of the evidence reads on benign domains, by its name; printed beside the value. */
  readonly typical: Readonly<Record<string, string>>
}
