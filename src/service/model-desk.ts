import type { VerdictJournal } from '../adapt/verdict-journal.ts'
import type { VersionFolder } from '../adapt/version-folder.ts'
import type { LearnerHealth } from '../pipeline/stream/learner-role.ts'

/** What people are shown of the model that detects. */
export interface Detecting {
  readonly version: string
  /** Line of an account over six hours, in octets. */
  readonly accountOctets: number
}

/** How learner and detector stood at one time. */
export interface ModelSample {
  readonly atMs: number
  readonly labels: number
  readonly drifts: number
  /** Labelled rows that were foretold by the model in charge and by its shadow, and how often each was right. */
  readonly rows: number
  readonly currentRight: number
  readonly shadowRight: number
}

/** Samples kept: a day of minutes. */
const SAMPLES_MAX = 1440
const EVERY_MS = 60_000

/** The models of a service: the one that detects, and where a learner works beside it, its versions and how they do. */
export class ModelDesk {
  readonly detecting: Detecting
  readonly versions: VersionFolder
  readonly verdicts: VerdictJournal
  /** Set once a learner works. */
  learner: (() => LearnerHealth) | undefined
  readonly samples: ModelSample[] = []

  constructor(detecting: Detecting, versions: VersionFolder, verdicts: VerdictJournal) {
    this.detecting = detecting
    this.versions = versions
    this.verdicts = verdicts
  }

  /** Takes a sample where a minute has passed, or a drift was seen. */
  sample(nowMs: number): void {
    const health = this.learner?.()
    if (!health) return
    const last = this.samples.at(-1)
    if (last && nowMs - last.atMs < EVERY_MS && last.drifts === health.drifts) return
    const { taught, drifts, evidence } = health
    const { rows, currentRight, shadowRight } = evidence
    this.samples.push({
      ...{ atMs: nowMs, labels: taught.malicious + taught.benign, drifts, rows, currentRight, shadowRight },
    })
    if (this.samples.length > SAMPLES_MAX) this.samples.shift()
  }
}
