import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FactCache } from '../enrich/cache.ts'
import type { Provider } from '../enrich/fact.ts'
import { anIncident } from '../sinks/incident.testing.ts'
import { ROUTES } from './routes/index.ts'
import { askService, BODIES, filled, ID, testService, type Wish } from './service.testing.ts'

let made: ReturnType<typeof testService>
beforeEach(() => {
  made = testService()
})
afterEach(() => made.end())

const ask = (url: string, wish: Wish = {}) => askService(made, url, wish)

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

describe('models', () => {
  it('are promoted where rows show that it is deserved, or by force, and rolled back; the audit says by whom', async () => {
    const { versions } = made.service.parts.models
    const shadow = versions.shadow(Uint8Array.of(1, 2, 3), '2026-11-27')
    const post = (path: string, payload: object) => ask(`/api/models/${path}`, { method: 'POST', payload })
    expect((await post('promote', {})).status).toBe(409)
    expect((await ask('/api/models')).json()).toMatchObject({ current: null, shadow, learning: false })
    versions.judge(shadow, '2026-11-27', { rows: 100, currentRight: 80, shadowRight: 90 })
    expect((await post('promote', {})).json()).toEqual({ current: shadow })
    expect((await post('promote', { force: true })).json().error).toContain('no shadow')
    expect((await post('rollback', {})).json()).toEqual({ current: null })
    expect((await post('rollback', {})).status).toBe(409)
    const { history } = (await ask('/api/models')).json()
    expect(history.map(({ action }: { action: string }) => action)).toEqual([
      'rollback',
      'promote',
      'evidence',
      'shadow',
    ])
    const said = (await ask('/api/audit'))
      .json()
      .map(({ who, action }: { who: string; action: string }) => `${who} ${action}`)
    expect(said.slice(0, 2)).toEqual(['anna roll back', 'anna promote'])
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
