import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { anIncident } from '../sinks/incident.testing.ts'
import { ROUTES } from './routes/index.ts'
import { askService, BODIES, filled, ID, testService, type Wish } from './service.testing.ts'

let made: ReturnType<typeof testService>
beforeEach(() => {
  made = testService()
})
afterEach(() => made.end())

const ask = (url: string, wish: Wish = {}) => askService(made, url, wish)

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
