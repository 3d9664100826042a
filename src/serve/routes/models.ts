import { z } from 'zod'
import { VersionError } from '../../adapt/version-folder.ts'
import { Refusal, route } from '../route.ts'

const Sample = z.object({
  atMs: z.number(),
  labels: z.number(),
  drifts: z.number(),
  rows: z.number(),
  currentRight: z.number(),
  shadowRight: z.number(),
})

export const showModels = route({
  method: 'GET',
  path: '/api/models',
  role: 'viewer',
  summary: 'The model that detects; and of the learner beside it, its versions, evidence and drifts over time.',
  answer: z.object({
    detecting: z.looseObject({ version: z.string() }),
    learning: z.boolean(),
    current: z.string().nullable(),
    shadow: z.string().nullable(),
    taught: z.looseObject({}).nullable(),
    drifts: z.number(),
    evidence: z.object({ rows: z.number(), currentRight: z.number(), shadowRight: z.number() }).nullable(),
    samples: z.array(Sample),
    history: z.array(z.object({ action: z.string(), version: z.string(), at: z.string(), evidence: z.string() })),
  }),
  handle(_, { service }) {
    const { detecting, versions, learner, samples } = service.parts.models
    const { current, shadow } = versions.standing()
    const health = learner?.()
    const history = versions.history().map(({ action, version, at, evidence }) => ({ action, version, at, evidence }))
    return {
      ...{ detecting, learning: learner !== undefined, current: current ?? null, shadow: shadow ?? null },
      ...{ taught: health?.taught ?? null, drifts: health?.drifts ?? 0, evidence: health?.evidence ?? null },
      ...{ samples, history: history.reverse() },
    }
  },
})

const Done = z.object({ current: z.string().nullable() })

export const promoteModel = route({
  method: 'POST',
  path: '/api/models/promote',
  role: 'admin',
  summary: 'Gives the shadow the say, where rows show that it deserves it, or `force` says so.',
  body: z.strictObject({ force: z.boolean().default(false) }),
  answer: Done,
  handle({ body: { force }, caller }, { service }) {
    const { versions } = service.parts.models
    return attempt(() => {
      const version = versions.promote(now(service), versions.evidence(), force)
      service.parts.store.audit(caller.name, force ? 'promote by force' : 'promote', version)
      return { current: version }
    })
  },
})

export const rollBackModel = route({
  method: 'POST',
  path: '/api/models/rollback',
  role: 'admin',
  summary: 'Gives the say back to the version before.',
  body: z.strictObject({}),
  answer: Done,
  handle({ caller }, { service }) {
    return attempt(() => {
      const current = service.parts.models.versions.rollback(now(service)) ?? null
      service.parts.store.audit(caller.name, 'roll back', current ?? 'the model that ships')
      return { current }
    })
  },
})

function now(service: { readonly parts: { now(): number } }): string {
  return new Date(service.parts.now()).toISOString()
}

function attempt<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof VersionError) throw new Refusal(409, error.message)
    throw error
  }
}
