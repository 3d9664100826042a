import type { VerdictWord } from '../adapt/verdict-journal.ts'
import type { Blocklist } from '../alerts/blocklist.ts'
import type { DeliveryStatus } from '../alerts/delivery.ts'
import type { Dispatcher, News } from '../alerts/dispatcher.ts'
import { type Incident, isAlert } from '../detect/incident.ts'
import type { LiveCounts } from '../sources/live/live-place.ts'
import type { IncidentStore } from '../store/incident-store.ts'
import type { IncidentRecord } from '../store/records.ts'
import { STANDINGS, type Stand, type Standing } from '../store/standing.ts'
import { FactFinder, type FactSources } from './fact-finder.ts'
import type { ModelDesk } from './model-desk.ts'
import { sameIncident } from './same-incident.ts'
import { type SourceStatus, sourceStatus } from './source-status.ts'
import { Throughput } from './throughput.ts'
import type { Troubles } from './troubles.ts'

/** What a service is put together from. */
export interface ServiceParts {
  readonly store: IncidentStore
  readonly dispatcher: Dispatcher
  readonly blocklist: Blocklist | undefined
  readonly troubles: Troubles
  readonly models: ModelDesk
  /** Who is asked about the domains of alerts; nobody where it is absent. */
  readonly facts: FactSources | undefined
  /** Counts of each source, filled in while it is read. */
  readonly sources: () => readonly LiveCounts[]
  /** Rows that were read and not judged yet. */
  readonly unread: () => number
  /** For so long after the store was begun incidents are shown as what would have alerted, and sent to nobody. */
  readonly burnInMs: number
  /** The clock on the wall, in milliseconds. */
  now(): number
}

/** How the whole stands, for people and watchdogs. */
export interface ServiceHealth {
  readonly state: 'starting' | 'running' | 'degraded' | 'ending'
  readonly troubles: readonly string[]
  readonly sources: readonly SourceStatus[]
  readonly targets: readonly DeliveryStatus[]
  readonly unread: number
  readonly rowsTotal: number
  readonly rowsPerSecond: number
  readonly recentRowsPerSecond: readonly number[]
  readonly dropped: number
  readonly deadLetters: number
  readonly journalLost: number
  readonly incidents: Readonly<Record<Standing, number>>
  readonly rssMiB: number
  readonly heapMiB: number
  readonly upSeconds: number
  /** Until when nothing is sent, as ISO 8601; `null` once that is over. */
  readonly burnInUntil: string | null
}

const DAY_MS = 86_400_000
const TICK_MS = 1000
const RECOUNT_MS = 30_000
/** Sources that an incident names. */
const SOURCES_NAMED_MAX = 4
/** Time that targets get at the end for what waits. */
const GRACE_MS = 5000

/**
 * The live service between detection and people: takes incidents from a stream, keeps them, sends what is an alert, and says how it
 * all stands. What is sent is put in line before it is kept: after a crash in between the stream tells it again, and the line knows
 * that it has it.
 */
export class Service {
  parts: ServiceParts
  readonly throughput = new Throughput()
  private readonly startedMs: number
  private readonly finder: FactFinder | undefined
  private readonly listeners = new Set<() => void>()
  private timer: NodeJS.Timeout | undefined
  private state: 'starting' | 'running' | 'ending' = 'starting'
  private deadLetters = 0
  private counted: Record<Standing, number>
  private countedMs = 0
  private isChanged = true
  /** What is told while targets are changed. */
  private held: News[] | undefined

  constructor(parts: ServiceParts) {
    this.parts = parts
    this.startedMs = parts.now()
    this.counted = this.count()
    const { facts, store, now } = parts
    this.finder = facts && new FactFinder(facts, now, (found) => store.addFacts(found))
    parts.store.onChange(() => {
      this.isChanged = true
    })
  }

  /** Begins to send, and to look after what waits. */
  start(): void {
    this.state = 'running'
    this.parts.dispatcher.start()
    this.tick()
    this.timer = setInterval(() => this.tick(), TICK_MS)
    this.timer.unref()
  }

  /**
   * Goes on with other targets and another blocklist. Those before let go of their spools first, which may be the same; what is told
   * meanwhile waits for the new ones.
   */
  async change(open: () => Pick<ServiceParts, 'dispatcher' | 'blocklist'>): Promise<void> {
    const held: News[] = []
    this.held = held
    await this.parts.dispatcher.close(0)
    this.parts.troubles.forget(/^(target|spool|blocklist)\b/)
    this.parts = { ...this.parts, ...open() }
    this.held = undefined
    this.isChanged = true
    this.parts.dispatcher.start()
    for (const news of held) this.parts.dispatcher.dispatch(news)
  }

  /** Called once a second or so, after everything else was looked after. */
  onTick(listen: () => void): () => void {
    this.listeners.add(listen)
    return () => this.listeners.delete(listen)
  }

  /** Takes a revision of an incident. */
  takeIncident(found: Incident, told: number, demo: boolean): void {
    const { store, dispatcher } = this.parts
    const { state } = store
    const same = sameIncident(found, told, state.incidents)
    if (!same || !state.isNews(same.incident.id, same.revision)) return
    const { revision } = same
    // The stream is one, whatever it is fed from: these are where it came from.
    const from = this.parts
      .sources()
      .slice(0, SOURCES_NAMED_MAX)
      .map(({ source }) => source)
    const incident = from.length === 0 ? same.incident : { ...same.incident, source: from.join(', ') }
    const known = state.incidents.get(incident.id)
    const before = known && { severity: known.incident.severity, stand: store.standOf(known) }
    const nowMs = this.parts.now()
    const burnIn = !demo && nowMs < this.burnInEndMs
    const record = {
      incident,
      revision,
      firstReceivedMs: known?.firstReceivedMs ?? nowMs,
      receivedMs: nowMs,
      demo,
      burnIn,
    }
    const news = { incident, revision, stand: store.standOf(record), demo, burnIn, before }
    if (this.held) this.held.push(news)
    else dispatcher.dispatch(news)
    store.addIncident(incident, revision, { demo, burnIn })
    const isNew = !known || !isAlert(known.incident)
    if (isNew && isAlert(incident) && !demo && incident.scope === 'domain')
      this.finder?.ask(incident.id, incident.registeredDomain)
  }

  /** Takes what a person says of an incident; the learner hears of it by its own journal. */
  takeVerdict(record: IncidentRecord, verdict: VerdictWord, by: string, note: string): Stand {
    const { store, models, troubles, now } = this.parts
    const stand = store.addVerdict(record, verdict, by, note)
    if (!record.demo) {
      try {
        models.verdicts.append({ incident: record.incident.id, verdict, at: new Date(now()).toISOString(), by })
        troubles.set('verdicts', undefined)
      } catch (error) {
        troubles.set('verdicts', `The learner cannot be told of verdicts (${(error as Error).message}).`)
      }
    }
    return stand
  }

  /** What would have alerted during the burn-in, each with the budget under which it would not have. */
  get burnIn(): { until: string | null; alerts: number; proposals: object[] } {
    const { store, now } = this.parts
    const proposals = [...store.state.incidents.values()].filter(
      (record) => record.burnIn && store.standOf(record).standing === 'open',
    )
    return {
      until: now() < this.burnInEndMs ? new Date(this.burnInEndMs).toISOString() : null,
      alerts: proposals.length,
      proposals: proposals.map(({ incident }) => ({
        ...{ id: incident.id, registeredDomain: incident.registeredDomain, severity: incident.severity },
        ...{ class: incident.class, clients: incident.clients, octetsADay: twiceADay(incident) },
      })),
    }
  }

  /** Counts rows that were judged. */
  takeRows(count: number): void {
    this.throughput.add(count, this.parts.now())
  }

  takeDeadLetters(count: number): void {
    this.deadLetters += count
  }

  get health(): ServiceHealth {
    const { store, dispatcher, troubles, now, unread } = this.parts
    const nowMs = now()
    const sources = this.parts.sources().map((counts) => sourceStatus(counts, nowMs))
    const { rss, heapUsed } = process.memoryUsage()
    const perSecond = this.throughput.perSecond(nowMs)
    const isDegraded = troubles.all.length > 0
    return {
      state: this.state === 'running' && isDegraded ? 'degraded' : this.state,
      troubles: troubles.all,
      sources,
      targets: dispatcher.status,
      unread: unread(),
      rowsTotal: this.throughput.total,
      rowsPerSecond: this.throughput.rate(nowMs),
      recentRowsPerSecond: perSecond,
      dropped: sources.reduce((sum, { dropped }) => sum + dropped, 0),
      deadLetters: this.deadLetters,
      journalLost: store.lost,
      incidents: this.counted,
      rssMiB: Math.round(rss / 2 ** 20),
      heapMiB: Math.round(heapUsed / 2 ** 20),
      upSeconds: Math.round((nowMs - this.startedMs) / 1000),
      burnInUntil: nowMs < this.burnInEndMs ? new Date(this.burnInEndMs).toISOString() : null,
    }
  }

  /** What a watchdog may know without saying who it is. */
  get isReady(): boolean {
    return this.state === 'running'
  }

  /** Ends: what waits is sent for a little longer, the rest is on the disk. */
  async close(): Promise<void> {
    this.state = 'ending'
    clearInterval(this.timer)
    this.finder?.close()
    await this.parts.dispatcher.close(GRACE_MS)
    this.tick()
    this.parts.store.close()
  }

  private get burnInEndMs(): number {
    return (this.parts.store.state.firstStartMs ?? 0) + this.parts.burnInMs
  }

  private tick(): void {
    const { store, dispatcher, blocklist } = this.parts
    store.tick()
    if (this.state !== 'ending' && !this.held) dispatcher.tick()
    // How an incident stands changes by itself too, when a suppression expires.
    const nowMs = this.parts.now()
    if (this.isChanged || nowMs - this.countedMs >= RECOUNT_MS) {
      this.isChanged = false
      this.countedMs = nowMs
      this.counted = this.count()
      blocklist?.write(store.state.incidents.values(), (record) => store.standOf(record))
    }
    this.parts.models.sample(nowMs)
    for (const listen of this.listeners) listen()
  }

  private count(): Record<Standing, number> {
    const { store } = this.parts
    const counts = Object.fromEntries(STANDINGS.map((standing) => [standing, 0])) as Record<Standing, number>
    for (const record of store.state.incidents.values()) counts[store.standOf(record).standing]++
    return counts
  }
}

/** Twice what an incident sends in a day, a day at least, to the next whole kibibyte. */
function twiceADay({ bytesOut, firstSeen, lastSeen }: Incident): number {
  const days = firstSeen && lastSeen ? (Date.parse(lastSeen) - Date.parse(firstSeen)) / DAY_MS : 0
  return Math.ceil((2 * bytesOut) / Math.max(1, days) / 1024) * 1024
}
