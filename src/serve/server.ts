import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Service } from '../service/service.ts'
import { Events } from './events.ts'
import { metricsText } from './metrics.ts'
import { openApiDocument } from './openapi.ts'
import { RateLimit } from './rate-limit.ts'
import { Refusal, type Route } from './route.ts'
import { ROUTES } from './routes/index.ts'
import { loadDashboard } from './static-files.ts'
import type { Caller, Tokens } from './tokens.ts'

const BODY_OCTETS_MAX = 16 * 1024
const CONNECTIONS_MAX = 256
/** Requests a second and address; wrong tokens have a smaller budget of their own. */
const REQUESTS = { perSecond: 50, burst: 200 }
const WRONG_TOKENS = { perSecond: 0.1, burst: 10 }

/** No script, style or connection but our own; no frame around us, no base, no form. */
const SAFETY: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
}

/** What a server is made from. */
export interface ServerOptions {
  readonly service: Service
  readonly tokens: Tokens
  readonly version: string
  readonly tls?: { readonly cert: string; readonly key: string } | undefined
  /** Names under which the dashboard is asked for, beside addresses and localhost: another name is a rebinding attack. */
  readonly names: readonly string[]
  now(): number
}

/**
 * The HTTP side of a service. Everything but health and the dashboard's own files, which are the same for everybody, needs a token in
 * the `Authorization` header: no cookie is ever set, so that no other page can ask in somebody's name (CSRF).
 */
export function makeServer(options: ServerOptions): FastifyInstance {
  const { service, tokens, version, tls } = options
  const app = fastify({
    logger: false,
    bodyLimit: BODY_OCTETS_MAX,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 30_000,
    // A dashboard that is open must not keep a service from ending.
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 128 },
    ...(tls === undefined ? {} : { https: { ...tls, minVersion: 'TLSv1.2' as const } }),
  }) as unknown as FastifyInstance
  app.server.maxConnections = CONNECTIONS_MAX
  // A form of another page can send text, and nothing that only JSON is.
  app.removeContentTypeParser('text/plain')
  guard(app, options)
  const events = new Events(service)
  app.addHook('preClose', async () => events.close())

  app.get('/healthz', async () => ({ status: 'alive' }))
  app.get('/readyz', async (_, reply) => {
    if (!service.isReady) reply.code(503)
    return { status: service.isReady ? 'ready' : 'starting' }
  })
  app.get('/metrics', async (request, reply) => {
    needRole(request, 'viewer')
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(metricsText(service.health))
  })
  app.get('/api/openapi.json', async (request) => {
    needRole(request, 'viewer')
    return openApiDocument(ROUTES, version)
  })
  app.get('/api/events', (request, reply) => {
    needRole(request, 'viewer')
    if (!events.hasRoom) throw new Refusal(429, 'Too many look on at once: close another dashboard.')
    reply.hijack()
    events.add(reply.raw)
  })
  for (const route of ROUTES) addRoute(app, route, { service, tokens })
  for (const [path, { type, body, isHashed }] of loadDashboard()) {
    app.get(path, async (_, reply) => {
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      return reply.type(type).send(body)
    })
  }
  app.setNotFoundHandler(async (_, reply) => reply.code(404).send({ error: 'There is nothing here.' }))
  app.setErrorHandler(async (error, _, reply) => answerError(error as Error & { statusCode?: number }, reply))
  return app
}

const CALLER = Symbol('caller')
type Asking = FastifyRequest & { [CALLER]?: Caller | undefined }

/** What is looked at before any handler: how many ask, under which name, with whose token. */
function guard(app: FastifyInstance, { tokens, names, now }: ServerOptions): void {
  const requests = new RateLimit(REQUESTS.perSecond, REQUESTS.burst)
  const wrong = new RateLimit(WRONG_TOKENS.perSecond, WRONG_TOKENS.burst)
  app.addHook('onRequest', async (request: Asking, reply) => {
    reply.headers(SAFETY)
    if (!request.url.startsWith('/assets/')) reply.header('cache-control', 'no-store')
    const { ip } = request
    if (!requests.allows(ip, now())) throw new Refusal(429, 'Too many requests: wait a second.')
    if (!isOurName(request.headers.host, names)) throw new Refusal(421, 'This is not the name of this service.')
    const [, token] = /^Bearer ([\w-]{1,128})$/.exec(request.headers.authorization ?? '') ?? []
    if (token === undefined) return
    if (!wrong.allows(ip, now(), true)) throw new Refusal(429, 'Too many wrong tokens: wait a minute.')
    request[CALLER] = tokens.callerOf(token)
    if (!request[CALLER]) wrong.allows(ip, now())
  })
}

function addRoute(app: FastifyInstance, route: Route, context: { service: Service; tokens: Tokens }): void {
  app.route({
    method: route.method,
    url: route.path.replace(/\{(\w+)\}/g, ':$1'),
    // Before the body is read: who may not ask needs not be listened to.
    onRequest: async (request: FastifyRequest) => {
      needRole(request, route.role)
    },
    handler: async (request, reply) => {
      const caller = needRole(request, route.role)
      const params = checked(route.params, request.params)
      const query = checked(route.query, request.query)
      const body = checked(route.body, request.body)
      const answer = await route.handle({ params, query, body, caller }, context)
      // As text: what is answered is what the handler gave, and a schema that leaves something out would hide it.
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer))
    },
  })
}

function needRole(request: Asking, role: Route['role']): Caller {
  const caller = request[CALLER]
  if (!caller) throw new Refusal(401, 'This needs a token: send it as Authorization: Bearer TOKEN.')
  if (role === 'admin' && caller.role !== 'admin') throw new Refusal(403, 'This needs the role admin.')
  return caller
}

function checked(schema: Route['body'], value: unknown): unknown {
  if (!schema) return undefined
  const read = schema.safeParse(value ?? {})
  if (read.success) return read.data
  const [{ path, message }] = read.error.issues
  throw new Refusal(400, `${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`)
}

/** Addresses cannot be rebound, names can: only those we know are answered under. */
function isOurName(host: string | undefined, names: readonly string[]): boolean {
  if (host === undefined) return false
  const name = host.replace(/:\d+$/, '').toLowerCase()
  return (
    name === 'localhost' ||
    /^(\d{1,3}\.){3}\d{1,3}$/.test(name) ||
    /^\[[0-9a-f:.]+\]$/.test(name) ||
    names.includes(name)
  )
}

async function answerError(error: Error & { statusCode?: number }, reply: FastifyReply): Promise<FastifyReply> {
  const status = error instanceof Refusal ? error.status : (error.statusCode ?? 500)
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  // What went wrong inside is for the log, not for whoever asks.
  if (status >= 500) process.stderr.write(`wakeful: ${error.stack ?? error.message}\n`)
  return reply
    .code(status)
    .send({ error: status >= 500 ? 'Something went wrong here: the log says what.' : error.message })
}
