import { z } from 'zod'
import { SEVERITIES } from '../detect/incident.ts'
import { STANDINGS } from '../store/standing.ts'

const nullableText = z.string().nullable()

/** The incident contract (DESIGN.md 4) as a schema. */
export const IncidentSchema = z
  .looseObject({
    kind: z.literal('incident'),
    id: z.string(),
    registeredDomain: z.string(),
    relatedDomains: z.array(z.string()),
    clients: z.array(z.string()),
    clientCount: z.number(),
    scope: z.enum(['domain', 'client']),
    firstSeen: nullableText,
    alertedAt: nullableText,
    lastSeen: nullableText,
    queries: z.number(),
    bytesOut: z.number().meta({ description: 'octets of information that left in names' }),
    bytesIn: z.number(),
    score: z.number(),
    severity: z.enum(SEVERITIES),
    class: z.enum(['tunnel', 'exfiltration', 'lookup-service', 'unknown']),
    confidence: z.enum(['low', 'medium', 'high']),
    detectors: z.array(z.object({ name: z.string(), score: z.number(), reason: z.string(), fired: z.boolean() })),
    evidence: z.looseObject({ sampleQnames: z.array(z.string()), qtypes: z.record(z.string(), z.number()) }),
    attack: z.array(z.string()),
    source: z.string(),
  })
  .meta({ id: 'Incident' })

export const StandSchema = z.object({
  standing: z.enum(STANDINGS),
  suppression: nullableText,
  pastBudget: z.boolean(),
})

const Record = {
  incident: IncidentSchema,
  revision: z.number(),
  firstReceivedMs: z.number(),
  receivedMs: z.number(),
  demo: z.boolean(),
  burnIn: z.boolean(),
  stand: StandSchema,
}

/** An incident as lists show it: without its evidence. */
export const SummarySchema = z
  .object({ ...Record, incident: IncidentSchema.omit({ evidence: true }) })
  .meta({ id: 'IncidentSummary' })

export const VerdictSchema = z.object({
  incident: z.string(),
  verdict: z.enum(['malicious', 'benign']),
  by: z.string(),
  note: z.string(),
  atMs: z.number(),
  octets: z.number(),
})

export const DetailSchema = z
  .object({
    ...Record,
    verdict: VerdictSchema.nullable(),
    /** What others know of its domain; null where nobody was asked, or nobody has answered yet. */
    facts: z
      .object({
        incident: z.string(),
        atMs: z.number(),
        facts: z.array(z.looseObject({ kind: z.string(), words: z.string(), source: z.string(), asOf: z.string() })),
        missing: z.record(z.string(), z.string()),
      })
      .nullable(),
    limits: z.looseObject({}),
    pivots: z.array(z.object({ name: z.string(), query: z.string() })),
  })
  .meta({ id: 'IncidentDetail' })

export const SuppressionSchema = z
  .object({
    id: z.string(),
    domain: nullableText,
    client: nullableText,
    octetsADay: z.number(),
    reason: z.string(),
    owner: z.string(),
    createdMs: z.number(),
    expiresMs: z.number(),
    hits: z.number(),
    lastHitMs: z.number().nullable(),
    liftedMs: z.number().nullable(),
  })
  .meta({ id: 'Suppression' })

export const IdParams = z.object({ id: z.string().regex(/^[0-9a-f]{16}$/, 'an id has 16 hexadecimal digits') })

/** Text that people write: shown as text everywhere, and no longer than a sentence or two. */
export const Words = z.string().trim().max(500)
