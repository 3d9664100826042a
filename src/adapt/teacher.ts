import type { AdaptivePolicy } from './adaptive-policy.ts'
import type { LearnedVersion } from './learned-version.ts'
import type { KeptGroup } from './row-memory.ts'
import type { Evidence } from './version-folder.ts'

/** Where a label came from. */
export const LABEL_SOURCES = ['verdict', 'confirmed', 'long-lived'] as const
export type LabelSource = (typeof LABEL_SOURCES)[number]

/** Rows of one group that are learned as benign: they are alike, and there are thousands of such groups for one tunnel. */
const BENIGN_ROWS = 4
/** Weight of labels that nobody gave may together have this many times the weight of those somebody, or an account, gave. */
const LONG_LIVED_SHARE = 10

/** What was learned from. */
export interface Taught {
  readonly malicious: number
  readonly benign: number
  readonly bySource: Readonly<Record<LabelSource, number>>
  /** Groups that were to be learned as benign, and were past what is learned unasked. */
  readonly refused: number
}

/**
 * Teaches the policy whole groups of rows, each once a source, and before it does asks a shadow what it would have said: rows that
 * trained neither it nor who has the say are the only evidence there is (test, then train).
 */
export class Teacher {
  readonly policy: AdaptivePolicy
  private shadow: LearnedVersion | undefined
  private rows = 0
  private currentRight = 0
  private shadowRight = 0
  private malicious = 0
  private benign = 0
  private refused = 0
  private readonly bySource: Record<LabelSource, number> = { verdict: 0, confirmed: 0, 'long-lived': 0 }

  constructor(policy: AdaptivePolicy) {
    this.policy = policy
  }

  get taught(): Taught {
    const { malicious, benign, bySource, refused } = this
    return { malicious, benign, bySource: { ...bySource }, refused }
  }

  /** How the shadow did beside who has the say, since it stands there. */
  get evidence(): Evidence {
    const { rows, currentRight, shadowRight } = this
    return { rows, currentRight, shadowRight }
  }

  /** Whom to ask from now on. */
  watch(shadow: LearnedVersion | undefined): void {
    if (shadow?.version === this.shadow?.version) return
    this.shadow = shadow
    this.rows = 0
    this.currentRight = 0
    this.shadowRight = 0
  }

  /** The group's rows are `y`, says `source`. A group that this source has taught is let be. */
  teach(kept: KeptGroup, group: string, y: 0 | 1, source: LabelSource, timeMs: number): void {
    // A person's last word counts; a rule is heard once, and not after a person.
    const word = source === 'verdict' ? `verdict ${y}` : source
    if (kept.taught.includes(word)) return
    if (source !== 'verdict' && kept.taught.some((other) => other.startsWith('verdict'))) return
    if (source === 'long-lived') {
      const { verdict, confirmed } = this.bySource
      if (this.bySource['long-lived'] >= LONG_LIVED_SHARE * (verdict + confirmed)) {
        this.refused++
        return
      }
    }
    kept.taught.push(word)
    const rows = y === 1 ? kept.rows : kept.rows.slice(0, BENIGN_ROWS)
    for (const { x, anchor, called } of rows) {
      this.judge(x, anchor.probability, called, anchor.fired, y)
      this.policy.learn(x, 0, anchor, { group, timeMs, y, weight: 1 })
      this.bySource[source]++
      if (y === 1) this.malicious++
      else this.benign++
    }
  }

  memory(): Record<string, unknown> {
    const { malicious, benign, refused, bySource, rows, currentRight, shadowRight } = this
    const shadow = this.shadow?.version
    return { malicious, benign, refused, bySource, evidence: { shadow, rows, currentRight, shadowRight } }
  }

  /** `shadow` is the one that stands there now: evidence of another is worth nothing. */
  resume(memory: Record<string, unknown>, shadow: LearnedVersion | undefined): void {
    const { malicious, benign, refused, bySource, evidence } = memory as ReturnType<Teacher['memory']>
    Object.assign(this, { malicious, benign, refused })
    Object.assign(this.bySource, bySource)
    this.watch(shadow)
    const { shadow: judged, ...counts } = evidence as { shadow: string | undefined } & Evidence
    if (shadow !== undefined && judged === shadow.version) Object.assign(this, counts)
  }

  private judge(x: Float64Array, anchor: number, called: boolean, fired: boolean, y: 0 | 1): void {
    if (this.shadow === undefined) return
    const says = fired || this.shadow.probability(x, 0, anchor) > this.shadow.line
    this.rows++
    if (called === (y === 1)) this.currentRight++
    if (says === (y === 1)) this.shadowRight++
  }
}
