import type { Incident } from '../../detect/incident.ts'
import { parseName } from '../../dns/name.ts'
import { createSuffixSplit, type PublicSuffixes } from '../../dns/public-suffix.ts'

/** A label as host names and service names have them: what needs an escape in a zone file is not written into one. */
const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/
/** Room is left for the name of the policy zone behind it (RFC 1035, 2.3.4). */
const NAME_MAX = 200

/** Why a domain is not blocked, for people. */
export type BlockRefusal = 'public suffix' | 'protected' | 'no name of a zone file'

/** What a blocklist keeps its hands off. */
export interface BlockRules {
  readonly suffixes: PublicSuffixes
  /** Registered domains that are blocked by nobody's mistake: a tunnel can be spoken under any name. */
  readonly isProtected: (domain: string) => boolean
  /** Protected domains that somebody named as to be blocked all the same. */
  readonly overrides: ReadonlySet<string>
}

/** Why a domain must not be blocked; nothing where it may. */
export function blockRefusal(domain: string, rules: BlockRules): BlockRefusal | undefined {
  const name = domain.toLowerCase()
  const labels = name.split('.')
  if (name.length > NAME_MAX || !labels.every((label) => LABEL.test(label))) return 'no name of a zone file'
  if (isPublicSuffix(name, rules.suffixes)) return 'public suffix'
  const isNamed = rules.overrides.has(name)
  const above = labels.map((_, index) => labels.slice(index).join('.'))
  return !isNamed && above.some((parent) => rules.isProtected(parent)) ? 'protected' : undefined
}

/** Domains of an incident, its own first. */
export function domainsOf({ registeredDomain, relatedDomains }: Incident): readonly string[] {
  return [registeredDomain, ...relatedDomains].map((domain) => domain.toLowerCase())
}

/** Whether a name is itself one under which strangers register theirs, or no name at all. */
export function isPublicSuffix(name: string, suffixes: PublicSuffixes): boolean {
  const octets = new Uint8Array(256)
  const length = parseName(name, octets, 0)
  return length < 0 || suffixes.registeredDomainStart(octets, 0, length, createSuffixSplit()) < 0
}
