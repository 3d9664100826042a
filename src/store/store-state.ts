import { isAlert } from '../detect/incident.ts'
import type {
  AuditRecord,
  FactsRecord,
  IncidentRecord,
  StoreEntry,
  SuppressionRecord,
  VerdictRecord,
} from './records.ts'
import { type Stand, standOf } from './standing.ts'

/** What is kept at most, oldest given up first, whatever the retention: a flood of domains must not fill the memory. */
const INCIDENTS_MAX = 20_000
const AUDIT_MAX = 20_000

/** The state as a snapshot holds it. */
interface Snapshot {
  readonly format: 1
  readonly incidents: readonly IncidentRecord[]
  readonly verdicts: readonly VerdictRecord[]
  readonly suppressions: readonly SuppressionRecord[]
  readonly audit: readonly AuditRecord[]
  readonly facts: readonly FactsRecord[]
  readonly firstStartMs: number | null
}

/** All that the journal's entries come to: a function of them in their order, and of nothing else. */
export class StoreState {
  /** By id, in the order of their last revision. */
  readonly incidents = new Map<string, IncidentRecord>()
  readonly verdicts = new Map<string, VerdictRecord>()
  readonly suppressions = new Map<string, SuppressionRecord>()
  audit: AuditRecord[] = []
  /** By incident. */
  readonly facts = new Map<string, FactsRecord>()
  /** When this store was begun: burn-in counts from there. */
  firstStartMs: number | null = null

  /** Takes up an entry. A revision that is no newer than the one kept changes nothing. */
  apply(entry: StoreEntry): void {
    if (entry.kind === 'incident') this.applyIncident(entry)
    else if (entry.kind === 'start') this.firstStartMs ??= entry.atMs
    else if (entry.kind === 'end-demo') this.forget(({ demo }) => demo)
    else if (entry.kind === 'verdict') {
      const { kind: _, ...verdict } = entry
      this.verdicts.set(entry.incident, verdict)
      this.note(entry.atMs, entry.by, `verdict ${entry.verdict}`, entry.incident)
    } else if (entry.kind === 'suppress') {
      const { suppression } = entry
      this.suppressions.set(suppression.id, { ...suppression, hits: 0, lastHitMs: null, liftedMs: null })
      this.note(entry.atMs, entry.by, 'suppress', scopeWords(suppression))
    } else if (entry.kind === 'lift') {
      const found = this.suppressions.get(entry.suppression)
      if (!found) return
      this.suppressions.set(found.id, { ...found, liftedMs: entry.atMs })
      this.note(entry.atMs, entry.by, 'lift suppression', scopeWords(found))
    } else if (entry.kind === 'facts') {
      const { kind: _, ...facts } = entry
      if (this.incidents.has(entry.incident)) this.facts.set(entry.incident, facts)
    } else if (entry.kind === 'audit') this.note(entry.atMs, entry.who, entry.action, entry.subject)
  }

  /** Whether a revision of an incident says more than what is kept of it. */
  isNews(id: string, revision: number): boolean {
    return revision > (this.incidents.get(id)?.revision ?? 0)
  }

  /** How an incident stands with people at a time. */
  stand(record: IncidentRecord, nowMs: number): Stand {
    return standOf(record, this.verdicts.get(record.incident.id), this.suppressions.values(), nowMs)
  }

  /** Forgets what is older than the retention: incidents with their verdicts, suppressions that ended, audit lines. */
  forgetBefore(oldestMs: number): void {
    this.forget(({ receivedMs }) => receivedMs < oldestMs)
    for (const [id, { expiresMs, liftedMs }] of this.suppressions) {
      if (Math.min(expiresMs, liftedMs ?? expiresMs) < oldestMs) this.suppressions.delete(id)
    }
    this.audit = this.audit.filter(({ atMs }) => atMs >= oldestMs)
  }

  snapshot(): Snapshot {
    const { incidents, verdicts, suppressions, audit, facts, firstStartMs } = this
    return {
      format: 1,
      incidents: [...incidents.values()],
      verdicts: [...verdicts.values()],
      suppressions: [...suppressions.values()],
      audit,
      facts: [...facts.values()],
      firstStartMs,
    }
  }

  /** Takes up a snapshot; throws where it is none of ours. */
  restore(read: unknown): void {
    const snapshot = read as Snapshot
    if (snapshot?.format !== 1) throw new Error('it is of another version')
    for (const record of snapshot.incidents) this.incidents.set(record.incident.id, record)
    for (const verdict of snapshot.verdicts) this.verdicts.set(verdict.incident, verdict)
    for (const suppression of snapshot.suppressions) this.suppressions.set(suppression.id, suppression)
    this.audit = [...snapshot.audit]
    for (const facts of snapshot.facts) this.facts.set(facts.incident, facts)
    this.firstStartMs = snapshot.firstStartMs
  }

  private applyIncident({ atMs, incident, revision, demo, burnIn }: Extract<StoreEntry, { kind: 'incident' }>): void {
    const { id } = incident
    if (!this.isNews(id, revision)) return
    const before = this.incidents.get(id)
    const record = {
      incident,
      revision,
      firstReceivedMs: before?.firstReceivedMs ?? atMs,
      receivedMs: atMs,
      demo,
      burnIn,
    }
    // Taken out first: the order of the map is that of the last revisions.
    this.incidents.delete(id)
    this.incidents.set(id, record)
    for (const given of trim(this.incidents, INCIDENTS_MAX)) {
      this.verdicts.delete(given)
      this.facts.delete(given)
    }
    const { standing, suppression } = this.stand(record, atMs)
    const found = suppression === null ? undefined : this.suppressions.get(suppression)
    if (standing === 'withheld' && found && isAlert(incident)) {
      this.suppressions.set(found.id, { ...found, hits: found.hits + 1, lastHitMs: atMs })
    }
  }

  /** Forgets incidents, with all that was said of them. */
  private forget(isOver: (record: IncidentRecord) => boolean): void {
    for (const [id, record] of this.incidents) {
      if (!isOver(record)) continue
      this.incidents.delete(id)
      this.verdicts.delete(id)
      this.facts.delete(id)
    }
  }

  private note(atMs: number, who: string, action: string, subject: string): void {
    this.audit.push({ atMs, who, action, subject })
    if (this.audit.length > AUDIT_MAX) this.audit.splice(0, this.audit.length - AUDIT_MAX)
  }
}

/** A suppression's scope as the audit names it. */
function scopeWords({ domain, client }: { domain: string | null; client: string | null }): string {
  return [domain, client].filter((part) => part !== null).join(' from ')
}

/** Takes out the first entries of a map past `most`; gives their keys. */
function trim(map: Map<string, unknown>, most: number): string[] {
  const given: string[] = []
  for (const key of map.keys()) {
    if (map.size <= most) break
    map.delete(key)
    given.push(key)
  }
  return given
}
