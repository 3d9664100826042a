import { randomBytes } from 'node:crypto'
import type { Incident } from '../detect/incident.ts'
import { lockFolder } from './folder-lock.ts'
import { Journal } from './journal.ts'
import type { FactsRecord, IncidentRecord, StoreEntry, Suppression } from './records.ts'
import { type Stand, standOf } from './standing.ts'
import { StoreError } from './store-error.ts'
import { StoreState } from './store-state.ts'

const DAY_MS = 86_400_000
const FORGET_EVERY_MS = 60_000
/** Suppressions that stand at once; each is held against every incident that is looked at. */
const SUPPRESSIONS_MAX = 1000

/** How a store is opened. */
export interface StoreOptions {
  readonly folder: string
  readonly retentionDays: number
  /** The clock on the wall, in milliseconds. */
  now(): number
  onDoubt(sentence: string): void
  onTrouble(sentence: string | undefined): void
}

/** What changed, for those who look on. */
export type StoreChange =
  | { readonly kind: 'incident'; readonly record: IncidentRecord; readonly stand: Stand }
  | { readonly kind: 'suppressions' }

/**
 * Incidents, what people said of them, and who said it: live in memory, written to a journal as it happens. One process at a time.
 */
export class IncidentStore {
  readonly state = new StoreState()
  private readonly options: StoreOptions
  private readonly journal: Journal
  private readonly unlock: () => void
  private readonly listeners = new Set<(change: StoreChange) => void>()
  private forgotMs = 0

  /** Throws {@link StoreError} where the folder cannot be used. */
  constructor(options: StoreOptions) {
    const { folder, onDoubt, onTrouble } = options
    this.options = options
    this.unlock = lockFolder(folder)
    const { state } = this
    this.journal = new Journal(folder, {
      ...{ onDoubt, onTrouble },
      apply: (entry) => state.apply(entry as StoreEntry),
      restore: (snapshot) => state.restore(snapshot),
      snapshot: () => {
        this.forgetOld()
        return state.snapshot()
      },
    })
    try {
      this.journal.open()
    } catch (error) {
      this.unlock()
      throw new StoreError(`The journal in ${folder} cannot be opened: ${(error as Error).message}`)
    }
    this.forgetOld()
    if (state.firstStartMs === null) this.write({ kind: 'start', atMs: options.now() })
  }

  /** Entries given up since nothing could be written. */
  get lost(): number {
    return this.journal.lost
  }

  /** Calls `listen` at each change until what is given back is called. */
  onChange(listen: (change: StoreChange) => void): () => void {
    this.listeners.add(listen)
    return () => this.listeners.delete(listen)
  }

  /** Keeps a revision of an incident that says more than what is kept of it; others change nothing. */
  addIncident(incident: Incident, revision: number, flags: Pick<IncidentRecord, 'demo' | 'burnIn'>): void {
    if (!this.state.isNews(incident.id, revision)) return
    this.write({ kind: 'incident', atMs: this.options.now(), incident, revision, ...flags })
    const record = this.state.incidents.get(incident.id)!
    const stand = this.standOf(record)
    this.tell({ kind: 'incident', record, stand })
  }

  /** Writes what a person says of an incident. */
  addVerdict(record: IncidentRecord, verdict: 'malicious' | 'benign', by: string, note: string): Stand {
    const { id, bytesOut } = record.incident
    this.write({ kind: 'verdict', incident: id, verdict, by, note, atMs: this.options.now(), octets: bytesOut })
    const stand = this.standOf(record)
    this.tell({ kind: 'incident', record, stand })
    return stand
  }

  /** Adds a suppression; gives its id, or nothing where there are too many already. */
  suppress(wish: Omit<Suppression, 'id' | 'createdMs'>): string | undefined {
    const atMs = this.options.now()
    if (this.state.suppressions.size >= SUPPRESSIONS_MAX) return undefined
    const suppression = { ...wish, id: randomBytes(8).toString('hex'), createdMs: atMs }
    this.write({ kind: 'suppress', atMs, by: wish.owner, suppression })
    this.tell({ kind: 'suppressions' })
    return suppression.id
  }

  /** Ends a suppression before it expires. */
  lift(suppression: string, by: string): void {
    this.write({ kind: 'lift', atMs: this.options.now(), by, suppression })
    this.tell({ kind: 'suppressions' })
  }

  /** Keeps what others know of an incident's domain. */
  addFacts(facts: FactsRecord): void {
    this.write({ kind: 'facts', ...facts })
    const record = this.state.incidents.get(facts.incident)
    if (record) this.tell({ kind: 'incident', record, stand: this.standOf(record) })
  }

  /** Forgets what was found in the samples, once there is traffic of its own. */
  endDemo(): void {
    const hasDemo = [...this.state.incidents.values()].some(({ demo }) => demo)
    if (hasDemo) this.write({ kind: 'end-demo', atMs: this.options.now() })
  }

  /** Writes who did what. */
  audit(who: string, action: string, subject: string): void {
    this.write({ kind: 'audit', atMs: this.options.now(), who, action, subject })
  }

  /** The incidents that a suppression would withhold now, were it there: what people look at before they add it. */
  wouldWithhold(wish: Omit<Suppression, 'id' | 'createdMs'>): IncidentRecord[] {
    const nowMs = this.options.now()
    const trial = { ...wish, id: 'trial', createdMs: nowMs, hits: 0, lastHitMs: null, liftedMs: null }
    return [...this.state.incidents.values()].filter(
      (record) => standOf(record, this.state.verdicts.get(record.incident.id), [trial], nowMs).standing === 'withheld',
    )
  }

  standOf(record: IncidentRecord): Stand {
    return this.state.stand(record, this.options.now())
  }

  /** Called every few seconds: writes what could not be written, and forgets what is old. */
  tick(): void {
    this.journal.retry()
    if (this.options.now() - this.forgotMs >= FORGET_EVERY_MS) this.forgetOld()
  }

  close(): void {
    this.journal.close()
    this.unlock()
  }

  private write(entry: StoreEntry): void {
    this.state.apply(entry)
    this.journal.append(entry)
  }

  private forgetOld(): void {
    this.forgotMs = this.options.now()
    this.state.forgetBefore(this.options.now() - this.options.retentionDays * DAY_MS)
  }

  private tell(change: StoreChange): void {
    for (const listen of this.listeners) listen(change)
  }
}
