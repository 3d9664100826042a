import { type Incident, SEVERITIES, type Severity } from '../detect/incident.ts'
import { withoutPreview } from '../sinks/alerts/alert.ts'
import type { Stand } from '../store/standing.ts'
import type { Delivery, DeliveryStatus } from './delivery.ts'

/** What one target is told of. */
export interface Route {
  readonly delivery: Delivery
  readonly minSeverity: Severity
  /** Every revision, or those by which an incident begins, gets worse, or stands as an alert again. */
  readonly revisions: 'all' | 'raised'
  /** Whether payload that was read out of names goes along, and the names. */
  readonly preview: boolean
}

/** One revision of an incident on its way out, with how the one before it stood. */
export interface News {
  readonly incident: Incident
  readonly revision: number
  readonly stand: Stand
  readonly demo: boolean
  readonly burnIn: boolean
  readonly before: { readonly severity: Severity; readonly stand: Stand } | undefined
}

/** Sends what is an alert to every target that wants it, and nothing else: no demo, nothing withheld, nothing of a burn-in. */
export class Dispatcher {
  private readonly routes: readonly Route[]
  private readonly linkOf: (id: string) => string | null

  constructor(routes: readonly Route[], linkOf: (id: string) => string | null) {
    this.routes = routes
    this.linkOf = linkOf
  }

  get status(): readonly DeliveryStatus[] {
    return this.routes.map(({ delivery }) => delivery.status)
  }

  start(): void {
    for (const { delivery } of this.routes) delivery.start()
  }

  /** Puts news in line wherever they are wanted. */
  dispatch(news: News): void {
    const { incident, revision, stand, demo, burnIn } = news
    if (demo || burnIn || !isTold(stand)) return
    const link = this.linkOf(incident.id)
    for (const { delivery, minSeverity, revisions, preview } of this.routes) {
      if (rank(incident.severity) < rank(minSeverity)) continue
      if (revisions === 'raised' && !isRaised(news, minSeverity)) continue
      delivery.add({ incident: preview ? incident : withoutPreview(incident), revision, link })
    }
  }

  tick(): void {
    for (const { delivery } of this.routes) delivery.tick()
  }

  async close(graceMs: number): Promise<void> {
    await Promise.all(this.routes.map(({ delivery }) => delivery.close(graceMs)))
  }
}

function isTold({ standing }: Stand): boolean {
  return standing === 'open' || standing === 'malicious'
}

/** Whether the target was not told of it before, or of less. */
function isRaised({ incident, before }: News, minSeverity: Severity): boolean {
  if (!before || !isTold(before.stand) || rank(before.severity) < rank(minSeverity)) return true
  return rank(incident.severity) > rank(before.severity)
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity)
}
