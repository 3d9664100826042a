import { z } from 'zod'
import { pivotsOf } from '../../service/pivots.ts'
import type { IncidentRecord } from '../../store/records.ts'
import { parseSearch } from '../../store/search.ts'
import { Refusal, type RouteContext, route } from '../route.ts'
import { DetailSchema, IdParams, StandSchema, SummarySchema, Words } from '../schemas.ts'

const PAGE_MAX = 200

export const listIncidents = route({
  method: 'GET',
  path: '/api/incidents',
  role: 'viewer',
  summary:
    'Incidents, newest first. `search` takes src:, domain:, class:, tool:, detector:, type:, severity:, is:, out:, queries:, bare words, - to leave out, and sort:.',
  query: z.object({
    search: z.string().max(500).default(''),
    offset: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(50),
  }),
  answer: z.object({ total: z.number(), incidents: z.array(SummarySchema) }),
  handle({ query: { search: text, offset, limit } }, { service }) {
    const { store } = service.parts
    const search = parseSearch(text)
    if (search.problem !== undefined) throw new Refusal(400, search.problem)
    const found = [...store.state.incidents.values()]
      .reverse()
      .map((record) => ({ record, stand: store.standOf(record) }))
      .filter(({ record, stand }) => search.matches(record, stand))
      .sort((a, b) => search.order(a.record, b.record))
    const incidents = found.slice(offset, offset + limit).map(({ record, stand }) => {
      const { evidence: _, ...incident } = record.incident
      return { ...record, incident, stand }
    })
    return { total: found.length, incidents }
  },
})

export const showIncident = route({
  method: 'GET',
  path: '/api/incidents/{id}',
  role: 'viewer',
  summary: 'One incident with its evidence, how it stands, and queries for other tools.',
  params: IdParams,
  answer: DetailSchema,
  handle({ params: { id } }, { service }) {
    const { store, models } = service.parts
    const record = recordOf(id, { service })
    return {
      ...record,
      stand: store.standOf(record),
      verdict: store.state.verdicts.get(id) ?? null,
      facts: store.state.facts.get(id) ?? null,
      limits: { accountOctets: models.detecting.accountOctets },
      pivots: pivotsOf(record.incident),
    }
  },
})

export const giveVerdict = route({
  method: 'POST',
  path: '/api/incidents/{id}/verdict',
  role: 'admin',
  summary: 'Says what an incident was. Benign holds until twice as much has left; the learner hears of it.',
  params: IdParams,
  body: z.strictObject({ verdict: z.enum(['malicious', 'benign']), note: Words.default('') }),
  answer: StandSchema,
  handle({ params: { id }, body: { verdict, note }, caller }, { service }) {
    return service.takeVerdict(recordOf(id, { service }), verdict, caller.name, note)
  },
})

export function recordOf(id: string, { service }: Pick<RouteContext, 'service'>): IncidentRecord {
  const record = service.parts.store.state.incidents.get(id)
  if (!record) throw new Refusal(404, 'There is no such incident, or it is older than what is kept.')
  return record
}
