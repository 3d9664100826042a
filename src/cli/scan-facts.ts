import type { Incident } from '../detect/incident.ts'
import { enrich } from '../enrich/enrich.ts'
import type { Provider } from '../enrich/fact.ts'
import { BETWEEN_MS, type Enrichment } from './enrich-options.ts'
import { say } from './say.ts'

/** Domains that are asked about: the worst come first, and a flood of alerts must not become a flood of questions. */
const DOMAINS_MAX = 50
/** Silence of all who are asked that is taken for a network that is not there. */
const QUIET_MS = 250

/** A provider that remembers whether anybody out there answered, a refusal included. */
function listening(provider: Provider): Provider & { wasHeard: boolean } {
  const heard = {
    ...provider,
    wasHeard: false,
    async ask(domain: string, signal: AbortSignal) {
      const answer = await provider.ask(domain, signal)
      const isNobody = 'missing' in answer && ['no-key', 'offline', 'time-out', 'unreachable'].includes(answer.missing)
      heard.wasHeard ||= provider.isRemote && !isNobody
      return answer
    },
  }
  return heard
}

/**
 * Puts what others know of an alert's domain beside its evidence. Detection is over by then: no fact raises, lowers or hides an alert, and
 * those who do not answer within `waitSeconds` in all are left out, and all where nobody answers within a quarter of a second.
 */
export async function withFacts(
  incidents: readonly Incident[],
  { providers, cache }: Enrichment,
  waitSeconds: number,
  signal: AbortSignal,
): Promise<Incident[]> {
  const domains = [...new Set(incidents.filter(({ scope }) => scope === 'domain').map((one) => one.registeredDomain))]
  const gaveUp = new AbortController()
  const limit = AbortSignal.any([signal, gaveUp.signal, AbortSignal.timeout(Math.max(1, waitSeconds * 1000))])
  // Where nobody has said anything by then, nobody is there: a dead network must not cost more than a blink.
  const heard = providers.map((provider) => listening(provider))
  const quiet = setTimeout(() => {
    if (!heard.some(({ wasHeard }) => wasHeard)) gaveUp.abort()
  }, QUIET_MS)
  const patience = { questionMs: waitSeconds * 1000, betweenMs: BETWEEN_MS }
  const found = await enrich(domains.slice(0, DOMAINS_MAX), heard, cache, patience, limit)
  clearTimeout(quiet)
  if (domains.length > DOMAINS_MAX)
    say(`Facts were asked for of the first ${DOMAINS_MAX} of ${domains.length} domains.`)
  const known = new Map(found.map((one) => [one.domain, one.facts]))
  return incidents.map((incident) => {
    const facts = incident.scope === 'domain' ? (known.get(incident.registeredDomain) ?? []) : []
    return facts.length === 0 ? incident : { ...incident, evidence: { ...incident.evidence, facts: [...facts] } }
  })
}
