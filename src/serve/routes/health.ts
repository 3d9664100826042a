import { z } from 'zod'
import { route } from '../route.ts'

export const showHealth = route({
  method: 'GET',
  path: '/api/health',
  role: 'viewer',
  summary: 'Sources, targets, lag, drops, memory and throughput.',
  answer: z.looseObject({
    state: z.enum(['starting', 'running', 'degraded', 'ending']),
    troubles: z.array(z.string()),
  }),
  handle: (_, { service }) => service.health,
})

export const showAudit = route({
  method: 'GET',
  path: '/api/audit',
  role: 'admin',
  summary: 'Who did what, newest first.',
  query: z.object({ limit: z.coerce.number().int().min(1).max(1000).default(100) }),
  answer: z.array(z.object({ atMs: z.number(), who: z.string(), action: z.string(), subject: z.string() })),
  handle: ({ query: { limit } }, { service }) => service.parts.store.state.audit.slice(-limit).reverse(),
})

export const showBurnIn = route({
  method: 'GET',
  path: '/api/burn-in',
  role: 'viewer',
  summary: 'What would have alerted during the burn-in, and budgets that would let each go on as it does.',
  answer: z.object({
    until: z.string().nullable(),
    alerts: z.number(),
    proposals: z.array(z.looseObject({ id: z.string(), registeredDomain: z.string(), octetsADay: z.number() })),
  }),
  handle: (_, { service }) => service.burnIn,
})
