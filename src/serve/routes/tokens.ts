import { z } from 'zod'
import { Refusal, route } from '../route.ts'
import { ROLES } from '../tokens.ts'

const Name = z.string().regex(/^[a-z0-9][a-z0-9_.@-]{0,63}$/i, 'a name has letters, digits and _ . @ -')

export const showCaller = route({
  method: 'GET',
  path: '/api/me',
  role: 'viewer',
  summary: 'Whose token this is, and what it may do.',
  answer: z.object({ name: z.string(), role: z.enum(ROLES) }),
  handle: ({ caller }) => caller,
})

export const listTokens = route({
  method: 'GET',
  path: '/api/tokens',
  role: 'admin',
  summary: 'Names and roles of the tokens; the tokens themselves are known to nobody.',
  answer: z.array(z.object({ name: z.string(), role: z.enum(ROLES), createdMs: z.number(), isKept: z.boolean() })),
  handle: (_, { tokens }) => tokens.all,
})

export const makeToken = route({
  method: 'POST',
  path: '/api/tokens',
  role: 'admin',
  summary: 'Makes a token, which is shown this once. A token of the same name ends.',
  body: z.strictObject({ name: Name, role: z.enum(ROLES) }),
  answer: z.object({ token: z.string() }),
  handle({ body: { name, role }, caller }, { service, tokens }) {
    const token = tokens.make(name, role, service.parts.now())
    service.parts.store.audit(caller.name, `make ${role} token`, name)
    return { token }
  },
})

export const endToken = route({
  method: 'DELETE',
  path: '/api/tokens/{name}',
  role: 'admin',
  summary: 'Ends a token.',
  params: z.object({ name: Name }),
  answer: z.object({ ended: z.string() }),
  handle({ params: { name }, caller }, { service, tokens }) {
    if (name === caller.name) throw new Refusal(409, 'This is the token you ask with: end it with another.')
    if (!tokens.end(name)) throw new Refusal(404, 'There is no such token, or it is the configuration that gives it.')
    service.parts.store.audit(caller.name, 'end token', name)
    return { ended: name }
  },
})
