import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadDetectionModel } from '../../detect/load-detection-model.ts'
import { makeOutlets, makeService, type ServiceWorld } from '../../serve/assemble/make-service.ts'
import { makeTokens } from '../../serve/assemble/make-tokens.ts'
import { checkListen, listen } from '../../serve/listen.ts'
import { makeServer } from '../../serve/server.ts'
import type { FactSources } from '../../service/fact-finder.ts'
import { Troubles } from '../../service/troubles.ts'
import type { Settings } from '../../settings/schema.ts'
import { readText } from '../../settings/secret.ts'
import { SettingsError } from '../../settings/settings-error.ts'
import { InputError } from '../../sources/input-file.ts'
import type { LiveCounts } from '../../sources/live/live-place.ts'
import { StoreError } from '../../store/store-error.ts'
import { enrichment } from '../enrich-options.ts'
import { EXIT, ExitError } from '../exit.ts'
import { livePlaces } from '../live-places.ts'
import { writeOut } from '../output.ts'
import { packageVersion } from '../package-version.ts'
import { openBroker } from '../stream-place.ts'
import { untilSignalled } from '../until-signalled.ts'
import { journalFolder } from './journal-folder.ts'
import { startLearner } from './learn-beside.ts'
import { serviceLog } from './log.ts'
import { openBrowser } from './open-browser.ts'
import { demoPace, feedDemo, feedLive } from './service-feed.ts'
import { ServiceStream } from './service-stream.ts'

/** Runs a service until SIGTERM or SIGINT: starts it whole or not at all, and ends it with all it has read judged and kept. */
export async function runService(read: () => Settings, { open }: { open: boolean }): Promise<void> {
  try {
    await run(read, open)
  } catch (error) {
    if (error instanceof SettingsError) throw new ExitError(EXIT.configuration, error.message, { cause: error })
    if (error instanceof StoreError) throw new ExitError(EXIT.io, error.message, { cause: error })
    if (error instanceof InputError) throw new ExitError(EXIT.nothingRead, error.message, { cause: error })
    throw error
  }
}

async function run(read: () => Settings, open: boolean): Promise<void> {
  const settings = read()
  checkListen(settings.listen)
  const places = livePlaces(settings.sources)
  const demo = places.length === 0
  const folder = journalFolder(settings.journal, process.env)
  const say = serviceLog(settings.log)
  const troubles = new Troubles(say)
  const model = loadDetectionModel(settings.model)
  const counts: LiveCounts[] = []
  const learnFolder = join(folder, 'learn')
  let stream: ServiceStream | undefined
  let address: string | null = null
  const world: ServiceWorld = {
    ...{ model, troubles, learnFolder, environment: process.env, now: Date.now, random: Math.random, openBroker },
    sources: () => counts,
    unread: () => stream?.unread ?? 0,
    facts: settings.enrich && factSources(settings.enrich),
    pause: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => {}),
    writeOut: (text) => writeOut([text]),
  }
  const service = makeService(settings, folder, world, () => address)
  if (!demo) service.parts.store.endDemo()
  try {
    mkdirSync(learnFolder, { recursive: true })
    const tokens = makeTokens(settings, folder, process.env, Date.now())
    const app = makeServer({
      ...{ service, tokens, version: packageVersion(), now: Date.now, names: settings.listen.names },
      tls: settings.listen.tls && {
        cert: readText(settings.listen.tls.certFile),
        key: readText(settings.listen.tls.keyFile),
      },
    })
    const ending = new AbortController()
    try {
      address = await listen(app, settings.listen)
      // Not before it listens: a token of a start that failed would be kept, and never have been shown.
      const first = tokens.isEmpty ? tokens.make('first', 'admin', Date.now()) : undefined
      stream = new ServiceStream({
        ...{ model, demo, learnFolder, service, troubles, name: settings.name },
        ...{
          pace: demo ? demoPace(ending.signal) : undefined,
          checkpoint: demo ? undefined : join(folder, 'stream.checkpoint'),
        },
      })
      await stream.start()
      const learner = settings.learn
        ? await startLearner({ ...{ stream, service, model, name: settings.name, folder: learnFolder }, say })
        : undefined
      service.start()
      tell(say, address, first, demo)
      if (open) openBrowser(`${address}/#/token/${first ?? tokens.makeForNow('browser', 'admin', Date.now())}`)
      const reload = () => void reloadService(read, settings, service, folder, world, () => address, say)
      process.on('SIGHUP', reload)
      void untilSignalled().then(() => {
        say('ending: what was read so far is judged, and all of it is kept.')
        ending.abort()
      })
      if (demo) await feedDemo(stream.replay, counts, ending.signal)
      else await feedLive(places, stream, troubles, say, counts, ending.signal)
      // Sources that ended by themselves are told as a trouble: a service never ends in silence.
      await aborted(ending.signal)
      await learner?.end()
      await stream.end()
      process.off('SIGHUP', reload)
    } finally {
      ending.abort()
      await app.close()
    }
  } finally {
    await service.close()
  }
}

/** Who is asked about domains, by the same rules as `scan --enrich`: WAKEFUL_OFFLINE asks nobody. */
function factSources({ kinds, ...options }: NonNullable<Settings['enrich']>): FactSources {
  const { popularity, keyFile, cache, ...rest } = options
  return enrichment(kinds, {
    ...rest,
    ...(popularity === undefined ? {} : { popularity }),
    ...(keyFile === undefined ? {} : { keyFile }),
    ...(cache === undefined ? {} : { cache }),
  })
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

function tell(say: (sentence: string) => void, address: string, first: string | undefined, demo: boolean): void {
  say(`the dashboard is at ${address}`)
  if (first !== undefined) say(`its token, shown this once: ${first}`)
  if (demo)
    say('no source is named, so the samples that ship are replayed: name yours with --from, see wakeful watch --help')
}

/** Reads the configuration again and goes on with its targets and blocklist; with a mistake in it all stays as it was. */
async function reloadService(
  read: () => Settings,
  before: Settings,
  service: ReturnType<typeof makeService>,
  folder: string,
  world: ServiceWorld,
  link: () => string | null,
  say: (sentence: string) => void,
): Promise<void> {
  try {
    const settings = read()
    await service.change(makeOutlets(settings, folder, world, link))
    const fixed = (['sources', 'journal', 'name', 'model', 'learn', 'listen'] as const).filter(
      (key) => JSON.stringify(settings[key]) !== JSON.stringify(before[key]),
    )
    const rest = fixed.length === 0 ? '' : ` ${fixed.join(', ')}: changed with a restart only.`
    say(`the configuration was read again: alerts and blocklist are as it says now.${rest}`)
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    say(`the configuration was not taken, and all stays as it was: ${error.message}`)
  }
}
