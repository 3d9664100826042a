import { z } from 'zod'
import { loadPublicSuffixes } from '../../dns/public-suffix.ts'
import { isPublicSuffix } from '../../sinks/alerts/blockable.ts'
import { isClientScope } from '../../store/client-scope.ts'
import { Refusal, route } from '../route.ts'
import { SuppressionSchema, Words } from '../schemas.ts'

const DAY_MS = 86_400_000
/** A budget is a budget: nobody may allow a domain to carry away anything at all. */
const OCTETS_A_DAY_MAX = 1 << 20

const Wish = z
  .strictObject({
    domain: z.string().trim().toLowerCase().min(1).max(255).nullable().default(null),
    client: z.string().trim().toLowerCase().max(64).nullable().default(null),
    octetsADay: z.number().int().min(512).max(OCTETS_A_DAY_MAX).default(65_536),
    reason: Words.min(1, 'a reason is needed: somebody will ask'),
    days: z.number().min(0.01).max(365).default(30),
  })
  .refine(({ domain, client }) => domain !== null || client !== null, 'a domain, a client, or both are needed')
  .refine(({ client }) => client === null || isClientScope(client), 'client takes an address or a prefix')

export const listSuppressions = route({
  method: 'GET',
  path: '/api/suppressions',
  role: 'viewer',
  summary: 'Suppressions, newest first, with what each has withheld.',
  answer: z.array(SuppressionSchema),
  handle: (_, { service }) => [...service.parts.store.state.suppressions.values()].reverse(),
})

export const previewSuppression = route({
  method: 'POST',
  path: '/api/suppressions/preview',
  role: 'viewer',
  summary: 'The incidents that a suppression would withhold, were it there.',
  body: Wish,
  answer: z.object({ incidents: z.array(z.string()) }),
  handle({ body, caller }, { service }) {
    const found = service.parts.store.wouldWithhold(wishOf(body, caller.name, service.parts.now()))
    return { incidents: found.map(({ incident }) => incident.id) }
  },
})

export const addSuppression = route({
  method: 'POST',
  path: '/api/suppressions',
  role: 'admin',
  summary: 'Raises the budget of a domain, a client, or both, for a while. What passes it alerts as ever.',
  body: Wish,
  answer: z.object({ id: z.string() }),
  handle({ body, caller }, { service }) {
    const id = service.parts.store.suppress(wishOf(body, caller.name, service.parts.now()))
    if (id === undefined)
      throw new Refusal(409, 'There are 1,000 suppressions already: lift some that ended their use.')
    return { id }
  },
})

export const liftSuppression = route({
  method: 'DELETE',
  path: '/api/suppressions/{id}',
  role: 'admin',
  summary: 'Ends a suppression.',
  params: z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) }),
  answer: z.object({ lifted: z.string() }),
  handle({ params: { id }, caller }, { service }) {
    const { store } = service.parts
    const found = store.state.suppressions.get(id)
    if (!found || found.liftedMs !== null) throw new Refusal(404, 'There is no such suppression.')
    store.lift(id, caller.name)
    return { lifted: id }
  },
})

function wishOf({ domain, client, octetsADay, reason, days }: z.infer<typeof Wish>, owner: string, nowMs: number) {
  // A suffix that strangers register under is not one owner's to vouch for.
  if (domain !== null && isPublicSuffix(domain, loadPublicSuffixes())) {
    throw new Refusal(
      400,
      `${domain} is a public suffix, under which anybody may have a name: name a registered domain.`,
    )
  }
  return { domain, client, octetsADay, reason, owner, expiresMs: nowMs + days * DAY_MS }
}
