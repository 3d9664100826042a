import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { VerdictJournal } from '../adapt/verdict-journal.ts'
import { VersionFolder } from '../adapt/version-folder.ts'
import { Dispatcher } from '../alerts/dispatcher.ts'
import type { FactSources } from '../service/fact-finder.ts'
import { ModelDesk } from '../service/model-desk.ts'
import { Service } from '../service/service.ts'
import { Troubles } from '../service/troubles.ts'
import { anIncident } from '../sinks/incident.testing.ts'
import { IncidentStore } from '../store/incident-store.ts'
import { makeServer, type ServerOptions } from './server.ts'
import { Tokens } from './tokens.ts'

/** A service without detection, its server, and a token of each role; the clock stands until it is moved. */
export function testService(other: Partial<ServerOptions> & { burnInMs?: number; facts?: FactSources } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'wakeful-serve-'))
  const clock = { ms: 1_795_000_000_000 }
  const now = () => clock.ms
  const store = new IncidentStore({ folder, retentionDays: 90, now, onDoubt() {}, onTrouble() {} })
  const desk = new ModelDesk(
    { version: 'test', accountOctets: 512 },
    new VersionFolder(join(folder, 'learned')),
    new VerdictJournal(join(folder, 'verdicts.ndjson')),
  )
  const service = new Service({
    ...{
      store,
      dispatcher: new Dispatcher([], () => null),
      blocklist: undefined,
      facts: other.facts,
      troubles: new Troubles(() => {}),
    },
    ...{ models: desk, sources: () => [], unread: () => 0, burnInMs: other.burnInMs ?? 0, now },
  })
  const tokens = new Tokens(join(folder, 'tokens.json'))
  const token = { admin: tokens.make('anna', 'admin', 0), viewer: tokens.make('vera', 'viewer', 0) }
  const app = makeServer({ service, tokens, version: '1', names: ['wakeful.example'], now, ...other })
  return {
    ...{ app, service, store, tokens, token, clock, folder },
    async end(): Promise<void> {
      await app.close()
      await service.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type Method = 'GET' | 'POST' | 'DELETE' | 'PUT' | 'OPTIONS' | 'PATCH'

/** What is asked of a service, and by whom; an admin if nobody is named. */
export interface Wish {
  readonly method?: Method
  readonly role?: 'viewer' | 'admin' | 'nobody'
  readonly payload?: object | string
  readonly headers?: Record<string, string>
}

/** Asks a service as a browser would, without a socket. */
export async function askService(
  { app, token }: ReturnType<typeof testService>,
  url: string,
  { method = 'GET', role = 'admin', payload, headers = {} }: Wish = {},
) {
  const authorization = role === 'nobody' ? {} : { authorization: `Bearer ${token[role]}` }
  const answer = await app.inject({
    ...{ method, url, headers: { host: '127.0.0.1:8053', ...authorization, ...headers } },
    ...(payload === undefined ? {} : { payload }),
  })
  const json = () => JSON.parse(answer.body)
  return { status: answer.statusCode, body: answer.body, headers: answer.headers, json }
}

/** The incident of tests. */
export const ID = anIncident().id

/** A body that each endpoint takes, and the address with its parameters filled in. */
export const BODIES: Record<string, object> = {
  '/api/incidents/{id}/verdict': { verdict: 'benign' },
  '/api/suppressions': { domain: 'evil.example', reason: 'ours' },
  '/api/suppressions/preview': { domain: 'evil.example', reason: 'ours' },
  '/api/models/promote': { force: true },
  '/api/models/rollback': {},
  '/api/tokens': { name: 'new', role: 'viewer' },
}
export const filled = (path: string) => path.replace('{id}', ID).replace('{name}', 'vera')
