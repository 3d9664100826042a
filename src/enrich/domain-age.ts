import type { Answer, Provider } from './fact.ts'
import { at, fetchJson } from './fetch-json.ts'
import { whoisCreated } from './whois.ts'

export const RDAP_BOOTSTRAP = 'https://data.iana.org/rdap/dns.json'
export const WHOIS_ROOT = 'whois.iana.org'
const DAY_MS = 86_400_000

/** Where ages are asked for, and against what day. */
export interface AgeOptions {
  /** A domain younger than this is newly registered. */
  readonly newDays: number
  /** The day that ages are told of; now if absent. An old capture is judged as of its own time. */
  readonly atMs: number
  readonly now: () => number
  readonly bootstrap?: string
  /** Host and port of the first whois server; undefined to ask none. */
  readonly whois?: string | undefined
}

/**
 * When a domain was registered: over RDAP from the server that IANA's list names for its top-level domain (RFC 9224, RFC 9083), else by
 * whois (RFC 3912), whose answers are prose. Missing where neither says.
 */
export function domainAge({ newDays, atMs, now, bootstrap = RDAP_BOOTSTRAP, whois }: AgeOptions): Provider {
  let servers: Promise<ReadonlyMap<string, string>> | undefined
  return {
    kind: 'age',
    isRemote: true,
    async ask(domain, signal): Promise<Answer> {
      servers ??= readBootstrap(bootstrap, signal)
      const top = domain.slice(domain.lastIndexOf('.') + 1)
      const base = (await servers).get(top)
      let missing: Answer & { missing: string } = { missing: 'unknown' }
      if (base !== undefined) {
        // Registries send on to registrars: RDAP's redirects are part of it (RFC 7480 5.2).
        const answer = await fetchJson(
          `${base.replace(/\/?$/, '/')}domain/${encodeURIComponent(domain)}`,
          {},
          signal,
          'follow',
        )
        const created = 'object' in answer ? registrationOf(answer.object) : Number.NaN
        if (!Number.isNaN(created)) return { fact: factOf(created, new URL(base).host) }
        missing = 'missing' in answer ? answer : { missing: 'malformed' }
      }
      if (whois === undefined || signal.aborted) return missing
      const { createdMs, server } = await whoisCreated(domain, whois, signal)
      if (!Number.isNaN(createdMs)) return { fact: factOf(createdMs, server) }
      return signal.aborted ? { missing: 'time-out' } : missing
    },
  }

  function factOf(createdMs: number, source: string) {
    const days = Math.floor((atMs - createdMs) / DAY_MS)
    const day = new Date(createdMs).toISOString().slice(0, 10)
    const young = days < newDays ? `newly registered: ${day}` : `registered ${day}`
    const words = days < 0 ? `${young}, after what was seen` : `${young}, ${days.toLocaleString('en-US')} days before`
    return { kind: 'age', words, value: days, source, asOf: new Date(now()).toISOString() } as const
  }
}

/** The moment of the event `registration`; NaN where none is told. */
function registrationOf(object: Record<string, unknown>): number {
  const events = at(object, 'events')
  if (!Array.isArray(events)) return Number.NaN
  const event = events.slice(0, 100).find((one) => at(one, 'eventAction') === 'registration')
  const date = at(event, 'eventDate')
  return typeof date === 'string' ? Date.parse(date) : Number.NaN
}

/** RDAP servers by top-level domain; empty where the list cannot be had. Only https servers are asked, or those of a test's own host. */
async function readBootstrap(url: string, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const answer = await fetchJson(url, {}, signal)
  const services = 'object' in answer ? at(answer.object, 'services') : undefined
  const servers = new Map<string, string>()
  if (!Array.isArray(services)) return servers
  for (const service of services.slice(0, 5000)) {
    const [tops, urls] = Array.isArray(service) ? service : []
    if (!Array.isArray(tops) || !Array.isArray(urls)) continue
    const secure = urls.find((one) => typeof one === 'string' && (one.startsWith('https://') || sameHost(one, url)))
    if (secure) for (const top of tops) if (typeof top === 'string') servers.set(top.toLowerCase(), secure)
  }
  return servers
}

function sameHost(one: string, other: string): boolean {
  try {
    return new URL(one).hostname === new URL(other).hostname
  } catch {
    return false
  }
}
