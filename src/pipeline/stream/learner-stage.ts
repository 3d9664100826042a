import { type AnchorWord, CONFIRMED } from '../../adapt/adaptive-policy.ts'
import { type KeptGroup, RowMemory } from '../../adapt/row-memory.ts'
import type { Teacher } from '../../adapt/teacher.ts'
import type { VerdictWord } from '../../adapt/verdict-journal.ts'
import type { Message } from '../../broker/broker.ts'
import { domainIncidentId } from '../../detect/build-incident.ts'
import { firedDetectors } from '../../detect/decide-domain.ts'
import type { DomainState } from '../../detect/domain-state.ts'
import type { PublicSuffixes } from '../../dns/public-suffix.ts'
import { DomainStage } from './domain-stage.ts'
import { Outbox } from './outbox.ts'
import type { Stage } from './stage.ts'
import type { JudgedRow, StageSettings } from './stage-settings.ts'

/** A domain is watched so long before what it asks may teach that it is harmless. */
const QUARANTINE_MS = 86_400_000
/** Clients that a domain must have for that: a tunnel is one host's. */
const MANY_CLIENTS = 3
/** Incidents whose domain is remembered, for verdicts that come late. */
const INCIDENTS_MAX = 65_536

/**
 * One partition as the learner reads it: detection as the workers do it, with its results thrown away, its rows kept until their
 * labels come, and what an account confirms, or long harmless use shows, handed to the {@link Teacher}.
 */
export class LearnerStage implements Stage {
  private readonly domains: DomainStage
  private readonly rows = new RowMemory()
  private readonly teacher: Teacher
  private readonly name: string
  /** Group of each incident, by its id. */
  private incidents = new Map<string, string>()
  private noted = new Set<string>()

  constructor(partition: number, settings: StageSettings, suffixes: PublicSuffixes, teacher: Teacher) {
    this.name = settings.name
    this.teacher = teacher
    this.domains = new DomainStage(partition, { ...settings, onJudged: (row) => this.judged(row) }, suffixes)
  }

  get position(): number {
    return this.domains.position
  }

  /** Event time reached. */
  get nowMs(): number {
    return this.domains.clock.nowMs
  }

  take(messages: readonly Message[]): Outbox {
    this.domains.take(messages)
    return new Outbox()
  }

  /** What a person said of an incident; whether it was one of ours. */
  hear(incident: string, verdict: VerdictWord): boolean {
    const group = this.incidents.get(incident)
    const kept = group === undefined ? undefined : this.rows.of(group)
    if (group === undefined || kept === undefined) return false
    this.teacher.teach(kept, group, verdict === 'malicious' ? 1 : 0, 'verdict', this.nowMs)
    return true
  }

  memory(): Record<string, unknown> {
    return { domains: this.domains.memory(), rows: this.rows.memory(), incidents: this.incidents }
  }

  resume(position: number, memory: Record<string, unknown>): void {
    this.domains.resume(position, memory.domains as Record<string, unknown>)
    this.rows.resume(memory.rows as Record<string, unknown>)
    this.incidents = memory.incidents as Map<string, string>
    this.noted = new Set(this.incidents.values())
  }

  private judged({ timeMs, lo, hi, features, verdict }: JudgedRow): void {
    const { state, score, malicious } = verdict
    const fired = state?.alert !== undefined && firedDetectors(state.peaks).length > 0
    const accountRatio = state?.peaks.account ?? 0
    const group = `${lo},${hi}`
    if (features !== undefined) {
      const { policy } = this.teacher
      const anchor: AnchorWord = { probability: score, fired, accountRatio }
      policy.decide(policy.probability(features, 0, anchor), anchor, group, timeMs)
      this.rows.keep(group, timeMs, () => ({ x: features.slice(), anchor, called: malicious }))
    }
    const kept = this.rows.of(group)
    if (state === undefined || kept === undefined) return
    if ((state.alert ?? state.lookup) !== undefined) this.note(state, group)
    if (fired && accountRatio >= CONFIRMED) this.teacher.teach(kept, group, 1, 'confirmed', timeMs)
    else if (isLongHarmless(state, kept, timeMs)) this.teacher.teach(kept, group, 0, 'long-lived', timeMs)
  }

  private note(state: DomainState, group: string): void {
    if (this.noted.has(group) || this.noted.size >= INCIDENTS_MAX) return
    this.noted.add(group)
    this.incidents.set(domainIncidentId(state, this.name), group)
  }
}

function isLongHarmless(state: DomainState, { firstMs, taught }: KeptGroup, timeMs: number): boolean {
  if (timeMs - firstMs < QUARANTINE_MS || taught.length > 0) return false
  return state.alert === undefined && state.lookup === undefined && state.clients.count() >= MANY_CLIENTS
}
