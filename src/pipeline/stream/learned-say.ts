import { AddedAlerts } from '../../adapt/added-alerts.ts'
import type { LearnedVersion } from '../../adapt/learned-version.ts'
import type { CanonicalBatch } from '../../detect/canonical-batch.ts'
import { decideLearned, firedDetectors, LEARNED } from '../../detect/decide-domain.ts'
import { WORD } from '../../detect/flat-table.ts'
import type { Partition } from '../../detect/partition.ts'
import type { RowVerdict } from '../../detect/row-verdict.ts'
import type { StageSettings } from './stage-settings.ts'

/** A version that a partition's log named, and the event time from which it has its say. */
interface Coming {
  readonly version: string | undefined
  readonly fromMs: number
}

/**
 * What learned versions say in one partition (DESIGN.md 6, L6): which of them has the say at a row is a function of the log, since
 * the log names it. The frozen model's alerts stand whatever is said here; alerts that only a version raises have an allowance.
 */
export class LearnedSay {
  private readonly settings: StageSettings
  private current: LearnedVersion | undefined
  /** What the log named last: {@link current} is another where its file cannot be read. */
  private named: string | undefined
  private coming: Coming[] = []
  private readonly added = new AddedAlerts()

  constructor(settings: StageSettings) {
    this.settings = settings
  }

  /** The log names a version. */
  name(version: string | undefined, fromMs: number): void {
    this.coming = [...this.coming.filter((other) => other.fromMs < fromMs), { version, fromMs }]
  }

  /** Adds what the version that has the say now makes of the row just booked; `verdict` is that of the frozen model. */
  judge(rows: CanonicalBatch, row: number, part: Partition, verdict: RowVerdict): void {
    const timeMs = rows.batch.timeMs[row]
    if (this.coming.length > 0) this.turn(timeMs)
    const { current, added } = this
    if (current === undefined || part.scoredRow !== row) return
    const { state } = verdict
    const group = state === undefined ? '' : `${state.lo},${state.hi}`
    if (state?.alert !== undefined) {
      if (firedDetectors(state.peaks).length > 0) added.note(group)
      return
    }
    const probability = current.probability(part.scoredFeatures, 0, verdict.score)
    // A domain that has said too little to have a state is no incident yet, whatever one of its names looks like.
    if (state === undefined || state.lookup !== undefined || probability <= current.line) return
    if (!added.allows(group, timeMs)) return
    const { line, version } = current
    const at = part.table.find(state.lo, state.hi)
    const octetsDay = at < 0 ? 0 : part.table.floats[at + WORD.account + 2]
    const { model, parts } = this.settings
    decideLearned(state, { probability, line, version }, model.thresholds, { octetsDay, timeMs, parts })
    if (state.alert === undefined) return
    verdict.malicious = true
    verdict.reasons.push(LEARNED)
  }

  memory(): Record<string, unknown> {
    return { named: this.named, coming: this.coming, added: this.added.memory() }
  }

  resume({ named, coming, added }: Record<string, unknown>): void {
    this.coming = coming as Coming[]
    this.added.resume(added as Record<string, unknown>)
    this.use(named as string | undefined)
  }

  private turn(timeMs: number): void {
    for (let next = this.coming[0]; next !== undefined && timeMs >= next.fromMs; next = this.coming[0]) {
      this.coming.shift()
      this.use(next.version)
    }
  }

  /** A version whose file cannot be read changes nothing: the one before it keeps its say, and that is told. */
  private use(version: string | undefined): void {
    this.named = version
    if (version === undefined) this.current = undefined
    else this.current = this.settings.learned?.(version) ?? this.current
  }
}
