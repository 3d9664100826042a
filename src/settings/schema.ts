import { z } from 'zod'
import { SEVERITIES } from '../detect/incident.ts'

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `30s`, `15m`, `24h`, `7d`, in milliseconds. */
const duration = z
  .string()
  .regex(/^\d{1,6}[smhd]$/, 'takes a number and s, m, h or d, as in 24h')
  .transform((text) => Number(text.slice(0, -1)) * UNIT_MS[text.at(-1)!])

const path = z.string().min(1)
const name = z.string().regex(/^[a-z0-9][a-z0-9_.-]{0,39}$/i, 'takes up to 40 letters, digits and _ . -')
const port = z.number().int().min(1).max(65_535)
const severity = z.enum(SEVERITIES)

/** What is never written into the file itself: it is read from a file of its own, or from the environment. */
const secret = z
  .strictObject({ file: path.optional(), env: z.string().min(1).optional() })
  .refine(({ file, env }) => (file === undefined) !== (env === undefined), 'takes file or env, one of them')

const told = {
  minSeverity: severity.default('medium'),
  preview: z.boolean().default(false),
}

const webhook = z.strictObject({
  type: z.literal('webhook'),
  name: name.optional(),
  url: z.union([z.url({ protocol: /^https?$/ }), secret]),
  format: z.enum(['json', 'ecs', 'slack', 'teams']).default('json'),
  token: secret.optional(),
  /** Networks that are no public ones and may be sent to all the same. */
  allowNetworks: z.array(z.union([z.cidrv4(), z.cidrv6()])).default([]),
  caFile: path.optional(),
  revisions: z.enum(['all', 'raised']).optional(),
  ...told,
})

const syslog = z.strictObject({
  type: z.literal('syslog'),
  name: name.optional(),
  transport: z.enum(['udp', 'tcp', 'tls']).default('udp'),
  host: z.string().min(1),
  port: port.optional(),
  format: z.enum(['cef', 'json', 'ecs']).default('cef'),
  caFile: path.optional(),
  revisions: z.enum(['all', 'raised']).default('all'),
  ...told,
})

const lines = { name: name.optional(), format: z.enum(['json', 'ecs', 'cef']).default('json'), ...told }
const revisions = z.enum(['all', 'raised']).default('all')
const file = z.strictObject({ type: z.literal('file'), path, revisions, ...lines })
const stdout = z.strictObject({ type: z.literal('stdout'), revisions, ...lines })
const kafka = z.strictObject({
  type: z.literal('kafka'),
  address: z.string().startsWith('kafka://', 'takes kafka://HOST:PORT/TOPIC'),
  revisions,
  ...lines,
})

export const TargetSettings = z.discriminatedUnion('type', [webhook, syslog, file, stdout, kafka])

const listen = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  port: z.number().int().min(0).max(65_535).default(8053),
  names: z.array(z.string().toLowerCase()).default([]),
  tls: z.strictObject({ certFile: path, keyFile: path }).optional(),
})

const blocklist = z
  .strictObject({
    rpz: path.optional(),
    list: path.optional(),
    enabled: z.boolean().default(false),
    minSeverity: severity.default('high'),
    days: z.number().min(0.01).max(365).default(7),
    overrides: z.array(z.string().toLowerCase()).default([]),
  })
  .refine(({ rpz, list }) => rpz !== undefined || list !== undefined, 'takes rpz, list, or both')

const enrich = z.strictObject({
  /** What is asked for over the network: the registered domain is sent, and nothing else. */
  kinds: z.array(z.enum(['reputation', 'age'])).default([]),
  /** Lists on this machine. */
  popularity: path.optional(),
  threats: z.array(path).default([]),
  keyFile: path.optional(),
  cache: path.optional(),
  newDays: z.number().int().min(0).max(99_999).default(100),
})

/** The whole configuration of a service: one file, in which an unknown key is an error. */
export const SettingsSchema = z.strictObject({
  sources: z.array(z.string().min(1)).default([]),
  journal: path.optional(),
  name: z.string().min(1).max(128).default('default'),
  model: path.optional(),
  retentionDays: z.number().min(1).max(3650).default(90),
  burnIn: duration.default(0),
  learn: z.boolean().default(false),
  listen: listen.default({ host: '127.0.0.1', port: 8053, names: [] }),
  /** Where people reach the dashboard, for links in alerts. */
  link: z.url({ protocol: /^https?$/ }).optional(),
  tokens: z.array(z.strictObject({ name, role: z.enum(['viewer', 'admin']), token: secret })).default([]),
  alerts: z.array(TargetSettings).default([]),
  blocklist: blocklist.optional(),
  enrich: enrich.optional(),
  log: z.enum(['text', 'json']).default('text'),
})

export type Settings = z.output<typeof SettingsSchema>
export type Target = z.output<typeof TargetSettings>
export type Secret = z.output<typeof secret>
