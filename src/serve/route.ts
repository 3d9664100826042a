import type { z } from 'zod'
import type { Service } from '../service/service.ts'
import type { Caller, Role, Tokens } from './tokens.ts'

/** What a route answers from. */
export interface RouteContext {
  readonly service: Service
  readonly tokens: Tokens
}

/** One request, checked. */
export interface Asked<P, Q, B> {
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly caller: Caller
}

/** An answer that is no success, with a sentence. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/**
 * One endpoint: its schemas check what comes in and are what the OpenAPI document is made from. Those that change something need the
 * role of an admin. Throws {@link Refusal} for what cannot be done.
 */
export interface Route<P = unknown, Q = unknown, B = unknown> {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** With its parameters in braces, as OpenAPI writes them. */
  readonly path: string
  readonly role: Role
  readonly summary: string
  readonly params?: z.ZodType<P>
  readonly query?: z.ZodType<Q>
  readonly body?: z.ZodType<B>
  /** What a success holds. */
  readonly answer: z.ZodType
  handle(asked: Asked<P, Q, B>, context: RouteContext): unknown
}

/** Takes a route's own types as they are and gives it to the list, which knows of none. */
export function route<P, Q, B>(made: Route<P, Q, B>): Route {
  return made as unknown as Route
}
