import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FactCache } from '../enrich/cache.ts'
import type { Provider } from '../enrich/fact.ts'
import { anIncident } from '../sinks/incident.testing.ts'
import { ROUTES } from './routes/index.ts'
import { testService } from './service.testing.ts'

let made: ReturnType<typeof testService>
beforeEach(() => {
  made = testService()
})
afterEach(() => made.end())

const ID = anIncident().id
type Method = 'GET' | 'POST' | 'DELETE' | 'PUT' | 'OPTIONS' | 'PATCH'

interface Wish {
  method?: Method
  role?: 'viewer' | 'admin' | 'nobody'
  payload?: object | string
  headers?: Record<string, string>
}

async function ask(url: string, { method = 'GET', role = 'admin', payload, headers = {} }: Wish = {}) {
  const authorization = role === 'nobody' ? {} : { authorization: `Bearer ${made.token[role]}` }
  const answer = await made.app.inject({
    ...{ method, url, headers: { host: '127.0.0.1:8053', ...authorization, ...headers } },
    ...(payload === undefined ? {} : { payload }),
  })
  const json = () => JSON.parse(answer.body)
  return { status: answer.statusCode, body: answer.body, headers: answer.headers, json }
}

/** A body that each endpoint takes, and the address with its parameters filled in. */
const BODIES: Record<string, object> = {
  '/api/incidents/{id}/verdict': { verdict: 'benign' },
  '/api/suppressions': { domain: 'evil.example', reason: 'ours' },
  '/api/suppressions/preview': { domain: 'evil.example', reason: 'ours' },
  '/api/models/promote': { force: true },
  '/api/models/rollback': {},
  '/api/tokens': { name: 'new', role: 'viewer' },
}
const filled = (path: string) => path.replace('{id}', ID).replace('{name}', 'vera')

const GUARDED = [
  ...ROUTES.map(({ method, path, role }) => ({ method, path, role })),
  ...['/metrics', '/api/openapi.json'].map((path) => ({ method: 'GET' as const, path, role: 'viewer' as const })),
]

describe('who may ask', () => {
  it.each(GUARDED)('$method $path needs a token, and the role $role', async ({ method, path, role }) => {
    const payload = method === 'POST' ? { payload: BODIES[path] } : {}
    const url = filled(path)
    expect((await ask(url, { method, role: 'nobody', ...payload })).status).toBe(401)
    const wrong = { authorization: `Bearer ${'x'.repeat(43)}` }
    expect((await ask(url, { method, role: 'nobody', headers: wrong, ...payload })).status).toBe(401)
    const viewer = await ask(url, { method, role: 'viewer', ...payload })
    if (role === 'admin') expect(viewer.status).toBe(403)
    else expect([401, 403]).not.toContain(viewer.status)
    expect([401, 403]).not.toContain((await ask(url, { method, role: 'admin', ...payload })).status)
  })

  it('says to everybody whether it lives, and nothing else', async () => {
    expect((await ask('/healthz', { role: 'nobody' })).json()).toEqual({ status: 'alive' })
    expect((await ask('/readyz', { role: 'nobody' })).json()).toEqual({ status: 'starting' })
  })

  it('changes nothing for who may not: a verdict of a viewer is not there', async () => {
    made.service.takeIncident(anIncident(), 1, false)
    await ask(`/api/incidents/${ID}/verdict`, { method: 'POST', role: 'viewer', payload: { verdict: 'benign' } })
    expect(made.store.state.verdicts.size).toBe(0)
  })

  it('has few guesses for a token, and none more for a while', async () => {
    const guess = (token: string) => ask('/api/me', { role: 'nobody', headers: { authorization: `Bearer ${token}` } })
    for (let i = 0; i < 10; i++) expect((await guess(`wrong${i}`)).status).toBe(401)
    expect((await guess(made.token.admin)).status).toBe(429)
    made.clock.ms += 20_000
    expect((await guess(made.token.admin)).status).toBe(200)
  })

  it('ends a token, but not the one that asks', async () => {
    expect((await ask('/api/tokens/anna', { method: 'DELETE' })).status).toBe(409)
    expect((await ask('/api/tokens/vera', { method: 'DELETE' })).status).toBe(200)
    expect((await ask('/api/me', { role: 'viewer' })).status).toBe(401)
  })

  it('keeps no token, only its hash', async () => {
    const { token } = (await ask('/api/tokens', { method: 'POST', payload: { name: 'new', role: 'viewer' } })).json()
    expect(made.tokens.callerOf(token)).toEqual({ name: 'new', role: 'viewer' })
    const { readFileSync } = await import('node:fs')
    expect(readFileSync(`${made.folder}/tokens.json`, 'utf8')).not.toContain(token)
  })
})

describe('what may be asked', () => {
  it('has limits on the body, its kind, and its words', async () => {
    const post = (payload: object | string, headers = {}) =>
      ask('/api/suppressions', { method: 'POST', payload, headers })
    expect((await post({ domain: 'a.example', reason: 'x'.repeat(20_000) })).status).toBe(413)
    expect((await post('domain=a', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415)
    expect((await post('{"domain":"a.example"', { 'content-type': 'application/json' })).status).toBe(400)
    expect((await post('hello', { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await post({ domain: 'a.example', reason: 'x', more: 1 })).status).toBe(400)
    expect((await post({ reason: 'x' })).json().error).toContain('a domain, a client, or both')
    expect((await post({ domain: 'com', reason: 'x' })).json().error).toContain('public suffix')
    expect((await post({ client: '10.0.0.0/99', reason: 'x' })).json().error).toContain('address or a prefix')
    expect((await post({ domain: 'a.example' })).json().error).toContain('reason')
    expect(
      (await post('{"__proto__":{"x":1},"domain":"a.example","reason":"x"}', { 'content-type': 'application/json' }))
        .status,
    ).toBe(400)
  })

  it.each([
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/assets/../../package.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/assets/%00',
    '//etc/passwd',

    '/.git/config',
  ])('gives no file away: %s', async (path) => {
    const { status, body } = await ask(path, { role: 'nobody' })
    expect([400, 404]).toContain(status)
    expect(body).not.toContain('dependencies')
    expect(body).not.toContain('root:')
  })

  it('answers under its own names only: a name that was rebound to us is refused', async () => {
    const as = async (host: string) => (await ask('/healthz', { role: 'nobody', headers: { host } })).status
    expect(await as('evil.example')).toBe(421)
    expect(await as('127.0.0.1.evil.example')).toBe(421)
    for (const host of ['127.0.0.1:8053', 'localhost:8053', '[::1]:8053', 'WAKEFUL.example'])
      expect(await as(host)).toBe(200)
  })

  it('CSRF: sets no cookie, opens to no other origin, and takes a token from nowhere but the header', async () => {
    const { headers } = await ask('/api/me', { headers: { origin: 'http://evil.example' } })
    expect(headers['set-cookie']).toBeUndefined()
    expect(headers['access-control-allow-origin']).toBeUndefined()
    const preflight = { origin: 'http://evil.example', 'access-control-request-method': 'POST' }
    expect((await ask('/api/suppressions', { method: 'OPTIONS', headers: preflight })).status).toBe(404)
    for (const path of [`/api/me?token=${made.token.admin}`, `/api/me?access_token=${made.token.admin}`]) {
      expect((await ask(path, { role: 'nobody' })).status).toBe(401)
    }
    expect((await ask('/api/me', { role: 'nobody', headers: { cookie: `token=${made.token.admin}` } })).status).toBe(
      401,
    )
  })

  it('says with every answer what a browser may do with it', async () => {
    for (const path of ['/api/me', '/nothing', '/healthz']) {
      const { headers } = await ask(path)
      expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
      expect(headers['content-security-policy']).not.toContain('unsafe')
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['cache-control']).toBe('no-store')
    }
  })

  it('holds an address to a rate', async () => {
    const all = await Promise.all(Array.from({ length: 260 }, () => ask('/healthz')))
    expect(all.filter(({ status }) => status === 429).length).toBe(60)
  })

  it('tells nobody what went wrong inside', async () => {
    Object.defineProperty(made.service, 'health', {
      get: () => {
        throw new Error('at /secret/place')
      },
    })
    const written = process.stderr.write
    process.stderr.write = () => true
    const { status, body } = await ask('/api/health')
    process.stderr.write = written
    expect(status).toBe(500)
    expect(body).not.toContain('secret')
  })
})

describe('incidents', () => {
  beforeEach(() => made.service.takeIncident(anIncident({ bytesOut: 1000 }), 1, false))

  it('are listed without their evidence, and shown whole', async () => {
    const { total, incidents } = (await ask('/api/incidents?search=severity:high')).json()
    expect(total).toBe(1)
    expect(incidents[0]).toMatchObject({ incident: { id: ID }, stand: { standing: 'open' }, revision: 1 })
    expect(incidents[0].incident.evidence).toBeUndefined()
    const detail = (await ask(`/api/incidents/${ID}`)).json()
    expect(detail.incident).toEqual(anIncident({ bytesOut: 1000 }))
    expect(detail.pivots.map(({ name }: { name: string }) => name)).toEqual(['Zeek', 'Splunk', 'Elastic'])
    expect((await ask('/api/incidents/ffffffffffffffff')).status).toBe(404)
    expect((await ask('/api/incidents/nonsense')).status).toBe(400)
    expect((await ask('/api/incidents?search=is:nothing')).json().error).toContain('is: takes')
  })

  it('take a verdict, which the learner’s journal holds too, and the audit', async () => {
    const verdict = { method: 'POST' as const, payload: { verdict: 'benign', note: 'ours' } }
    expect((await ask(`/api/incidents/${ID}/verdict`, verdict)).json()).toMatchObject({ standing: 'benign' })
    expect(made.service.parts.models.verdicts.read().verdicts.get(ID)).toMatchObject({ verdict: 'benign', by: 'anna' })
    expect((await ask('/api/audit')).json()[0]).toMatchObject({ who: 'anna', action: 'verdict benign', subject: ID })
  })

  it('are withheld by a suppression, past ones too, until it is lifted', async () => {
    const payload = { domain: 'EVIL.example', octetsADay: 2000, reason: 'ours', days: 1 }
    const post = { method: 'POST' as const, payload }
    expect((await ask('/api/suppressions/preview', { ...post, role: 'viewer' })).json()).toEqual({ incidents: [ID] })
    const { id } = (await ask('/api/suppressions', post)).json()
    expect((await ask('/api/incidents?search=is:withheld')).json().total).toBe(1)
    made.service.takeIncident(anIncident({ bytesOut: 3000 }), 2, false)
    expect((await ask(`/api/incidents/${ID}`)).json().stand).toEqual({
      standing: 'open',
      suppression: id,
      pastBudget: true,
    })
    await ask(`/api/suppressions/${id}`, { method: 'DELETE' })
    expect((await ask('/api/suppressions')).json()[0].liftedMs).toBe(made.clock.ms)
  })

  it('O2: stand in no label of the metrics, and no name breaks a line', async () => {
    made.service.takeIncident(anIncident({ id: 'abcdefabcdefabcd', registeredDomain: 'x"}\nwakeful_up 0\n' }), 1, false)
    const { body } = await ask('/metrics')
    expect(body).not.toContain('evil.example')
    for (const line of body.trimEnd().split('\n')) {
      expect(line).toMatch(/^(# (HELP|TYPE) wakeful_\w+ .+|wakeful_\w+(\{[a-z]+="[^"\n]*"\})? \d+(\.\d+)?)$/)
    }
    expect(body).toContain('wakeful_incidents{standing="open"} 0')
  })
})

describe('the OpenAPI document', () => {
  it('names every endpoint with its parameters, bodies and answers', async () => {
    const document = (await ask('/api/openapi.json')).json()
    expect(document.openapi).toBe('3.1.0')
    const named = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(named.sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort())
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods as Record<string, { operationId: string }>).map(({ operationId }) => operationId),
    )
    expect(new Set(ids).size).toBe(ids.length)
    const search = document.paths['/api/incidents'].get.parameters.find(
      ({ name }: { name: string }) => name === 'search',
    )
    expect(search).toMatchObject({ in: 'query', required: false })
    expect(JSON.stringify(document)).not.toContain('undefined')
  })

  it('tells what each endpoint answers: what they answer fits their own schemas', async () => {
    made.service.takeIncident(anIncident(), 1, false)
    await ask('/api/suppressions', { method: 'POST', payload: BODIES['/api/suppressions'] })
    for (const { method, path, answer } of ROUTES.filter((route) => route.method === 'GET')) {
      const { status, json } = await ask(filled(path), { method })
      expect(status, path).toBe(200)
      expect(answer.safeParse(json()).error, path).toBeUndefined()
    }
  })
})

describe('a burn-in', () => {
  it('shows what would have alerted, with a budget for each, and is over in time', async () => {
    await made.end()
    made = testService({ burnInMs: 3_600_000 })
    made.service.takeIncident(anIncident({ bytesOut: 1000 }), 1, false)
    const during = (await ask('/api/burn-in')).json()
    expect(during).toMatchObject({ alerts: 1, proposals: [{ registeredDomain: 'evil.example', octetsADay: 2048 }] })
    expect(during.until).toBe(new Date(made.clock.ms + 3_600_000).toISOString())
    made.clock.ms += 3_600_001
    made.service.takeIncident(anIncident({ bytesOut: 2000 }), 2, false)
    expect((await ask('/api/burn-in')).json()).toMatchObject({ until: null, alerts: 0 })
  })
})

describe('drill 9: what others know of a domain', () => {
  const provider = (ask: Provider['ask']): Provider => ({ kind: 'age', isRemote: true, ask })
  const withProvider = async (ask: Provider['ask']) => {
    await made.end()
    made = testService({ facts: { providers: [provider(ask)], cache: new FactCache(undefined, () => 0) } })
    made.service.takeIncident(anIncident(), 1, false)
  }
  const detail = async () => (await ask(`/api/incidents/${ID}`)).json()

  it('stands beside the evidence once it is known, and holds nothing up while it is not', async () => {
    const fact = { kind: 'age' as const, words: 'registered yesterday', value: 1, source: 'rdap', asOf: '2026-11-27' }
    let answer = (_: { fact: typeof fact }) => {}
    await withProvider(() => new Promise((resolve) => (answer = resolve)))
    expect(await detail()).toMatchObject({ facts: null, stand: { standing: 'open' } })
    answer({ fact })
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect((await detail()).facts).toMatchObject({ facts: [fact], missing: {} })
  })

  it.each(['quota', 'time-out', 'unreachable'] as const)(
    'is said to be missing, with the reason: %s',
    async (missing) => {
      await withProvider(async () => ({ missing }))
      await new Promise((resolve) => setTimeout(resolve, 10))
      expect((await detail()).facts).toMatchObject({ facts: [], missing: { age: missing } })
    },
  )

  it('is not asked for of samples, nor twice', async () => {
    let asked = 0
    await withProvider(async () => {
      asked++
      return { missing: 'unknown' }
    })
    made.service.takeIncident(anIncident({ queries: 999 }), 2, false)
    made.service.takeIncident(anIncident({ id: 'aaaaaaaaaaaaaaaa', registeredDomain: 'demo.example' }), 1, true)
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(asked).toBe(1)
  })
})
