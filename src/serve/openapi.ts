import { z } from 'zod'
import type { Route } from './route.ts'

/** A JSON schema of a zod one, inline, as OpenAPI 3.1 takes it. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>
  return rest
}

/** The OpenAPI 3.1 document of the endpoints: made from the schemas that check them, so that it cannot say something else. */
export function openApiDocument(routes: readonly Route[], version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    paths[route.path] ??= {}
    paths[route.path][route.method.toLowerCase()] = operationOf(route)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'wakeful',
      version,
      description: 'Incidents of data leaving through DNS, and what people say of them.',
    },
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    paths,
  }
}

function operationOf({ method, path, summary, role, params, query, body, answer }: Route): object {
  const problem = {
    description: 'A sentence on what to do',
    content: json({ type: 'object', properties: { error: { type: 'string' } } }),
  }
  return {
    operationId: `${method.toLowerCase()}${path.replace(/[^a-z]+(.)?/gi, (_, letter?: string) => letter?.toUpperCase() ?? '')}`,
    summary,
    description: `Needs the role ${role}.`,
    parameters: [...parametersOf('path', params), ...parametersOf('query', query)],
    ...(body ? { requestBody: { required: true, content: json(schemaOf(body, 'input')) } } : {}),
    responses: {
      200: { description: 'Done', content: json(schemaOf(answer, 'output')) },
      ...Object.fromEntries([400, 401, 403, 404, 409, 413, 415, 429].map((status) => [status, problem])),
    },
  }
}

function parametersOf(place: 'path' | 'query', schema: z.ZodType | undefined): object[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, object>
    required?: string[]
  }
  return Object.entries(properties).map(([name, part]) => ({
    ...{ name, in: place, schema: part },
    required: place === 'path' || required.includes(name),
  }))
}

function json(schema: object): object {
  return { 'application/json': { schema } }
}
