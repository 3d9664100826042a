import { join } from 'node:path'
import { VerdictJournal } from '../../adapt/verdict-journal.ts'
import { VersionFolder } from '../../adapt/version-folder.ts'
import { Dispatcher } from '../../alerts/dispatcher.ts'
import type { DetectionModel } from '../../detect/detection-model.ts'
import type { FactSources } from '../../service/fact-finder.ts'
import { ModelDesk } from '../../service/model-desk.ts'
import { Service } from '../../service/service.ts'
import type { Troubles } from '../../service/troubles.ts'
import type { Settings } from '../../settings/schema.ts'
import type { LiveCounts } from '../../sources/live/live-place.ts'
import { IncidentStore } from '../../store/incident-store.ts'
import { makeBlocklist } from './make-blocklist.ts'
import { makeRoutes, type TargetWorld } from './make-routes.ts'

/** How long a service is degraded by something that was found damaged when it began. */
const DOUBT_MS = 600_000

/** What a service is made from, beside its configuration. */
export interface ServiceWorld extends TargetWorld {
  readonly model: DetectionModel
  readonly troubles: Troubles
  /** Where the learner's versions and the verdicts lie. */
  readonly learnFolder: string
  readonly sources: () => readonly LiveCounts[]
  readonly unread: () => number
  readonly facts: FactSources | undefined
}

/** What of a service may be changed while it runs. Throws a `SettingsError` for a mistake; what it gives opens it all. */
export function makeOutlets(settings: Settings, folder: string, world: ServiceWorld, link: () => string | null) {
  const openRoutes = makeRoutes(settings.alerts, join(folder, 'spool'), world.troubles, world)
  const blocklist = makeBlocklist(settings, world.troubles, world.now)
  const linkOf = (id: string) => {
    const base = settings.link ?? link()
    return base === null ? null : `${base.replace(/\/$/, '')}/#/incident/${id}`
  }
  return () => ({ dispatcher: new Dispatcher(openRoutes(), linkOf), blocklist })
}

/** A service by its configuration, its journal opened. Throws a `SettingsError` or a `StoreError`. */
export function makeService(
  settings: Settings,
  folder: string,
  world: ServiceWorld,
  link: () => string | null,
): Service {
  const { troubles, model, learnFolder, sources, unread, facts, now } = world
  const store = new IncidentStore({
    ...{ folder, retentionDays: settings.retentionDays, now },
    onDoubt: (sentence) => {
      // Once told it is over: what was cut off stays cut off, and a service must not be degraded by it for good.
      troubles.set('journal content', sentence)
      setTimeout(() => troubles.set('journal content', undefined), DOUBT_MS).unref()
    },
    onTrouble: (sentence) => troubles.set('journal', sentence),
  })
  try {
    const detecting = { version: model.version, accountOctets: model.thresholds.accountOctets[1] }
    const versions = new VersionFolder(join(learnFolder, 'learned'))
    const models = new ModelDesk(detecting, versions, new VerdictJournal(join(learnFolder, 'verdicts.ndjson')))
    return new Service({
      ...{ store, troubles, models, sources, unread, facts, now, burnInMs: settings.burnIn },
      ...makeOutlets(settings, folder, world, link)(),
    })
  } catch (error) {
    store.close()
    throw error
  }
}
