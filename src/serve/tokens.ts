import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { replaceFile } from '../files/replace-file.ts'

export const ROLES = ['viewer', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** A token as it is kept: what was given out cannot be read back from it. */
const Kept = z.object({ name: z.string(), role: z.enum(ROLES), hash: z.string().length(64), createdMs: z.number() })
type KeptToken = z.infer<typeof Kept>

/** Who asks. */
export interface Caller {
  readonly name: string
  readonly role: Role
}

/**
 * Tokens and what they may do. They are 256 random bits each, so one SHA-256 keeps them: there is nothing to guess at, and every
 * request is checked. A token is shown when it is made and never again.
 */
export class Tokens {
  private readonly path: string
  private kept: KeptToken[]
  /** Tokens of this process alone, and of the configuration. */
  private readonly given: KeptToken[] = []

  /** Throws where the file holds something else: nobody should be let in, or shut out, by half a file. */
  constructor(path: string) {
    this.path = path
    this.kept = existsSync(path) ? z.array(Kept).parse(JSON.parse(readFileSync(path, 'utf8'))) : []
  }

  get isEmpty(): boolean {
    return this.kept.length + this.given.length === 0
  }

  get all(): readonly (Omit<KeptToken, 'hash'> & { readonly isKept: boolean })[] {
    const shown = (isKept: boolean) => (token: KeptToken) => {
      const { hash: _, ...rest } = token
      return { ...rest, isKept }
    }
    return [...this.kept.map(shown(true)), ...this.given.map(shown(false))]
  }

  /** Makes a token and keeps its hash. The name of one that stands is taken over: the old one ends. */
  make(name: string, role: Role, nowMs: number): string {
    const token = randomBytes(32).toString('base64url')
    this.kept = [
      ...this.kept.filter((other) => other.name !== name),
      { name, role, hash: hashOf(token), createdMs: nowMs },
    ]
    this.save()
    return token
  }

  /** A token that ends with this process. */
  makeForNow(name: string, role: Role, nowMs: number): string {
    const token = randomBytes(32).toString('base64url')
    this.give(name, role, token, nowMs)
    return token
  }

  /** Lets in a token that somebody else made, for as long as this process lasts. */
  give(name: string, role: Role, token: string, nowMs: number): void {
    this.given.push({ name, role, hash: hashOf(token), createdMs: nowMs })
  }

  /** Ends a token that is kept; says whether there was one. */
  end(name: string): boolean {
    const left = this.kept.filter((other) => other.name !== name)
    if (left.length === this.kept.length) return false
    this.kept = left
    this.save()
    return true
  }

  /** Who a token belongs to. Takes as long for a wrong one as for a right one. */
  callerOf(token: string): Caller | undefined {
    const hash = Buffer.from(hashOf(token))
    let found: Caller | undefined
    for (const kept of [...this.kept, ...this.given]) {
      if (timingSafeEqual(Buffer.from(kept.hash), hash)) found = { name: kept.name, role: kept.role }
    }
    return found
  }

  private save(): void {
    replaceFile(this.path, `${JSON.stringify(this.kept, null, 2)}\n`, { mode: 0o600, durable: true })
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
