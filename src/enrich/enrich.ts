import type { FactCache } from './cache.ts'
import type { Answer, Fact, Provider } from './fact.ts'

/** How patient asking is. */
export interface Patience {
  /** One question waits this long for its answer. */
  readonly questionMs: number
  /** Between two questions to one provider: VirusTotal's public key allows four a minute. */
  readonly betweenMs: number
}

/** Answers about one domain, by kind of fact; a kind with several providers has the first that knows. */
export interface DomainFacts {
  readonly domain: string
  readonly facts: readonly Fact[]
  /** Kinds that nobody knows anything of, and why. */
  readonly missing: Readonly<Record<string, string>>
}

/**
 * Asks providers about registered domains, from the cache where it knows, one question at a time to each provider. Ends when `signal`
 * says so with what is known by then. Nothing but the registered domain is ever sent.
 */
export async function enrich(
  domains: readonly string[],
  providers: readonly Provider[],
  cache: FactCache,
  { questionMs, betweenMs }: Patience,
  signal: AbortSignal,
): Promise<DomainFacts[]> {
  const answers = new Map<string, Answer[]>(domains.map((domain) => [domain, []]))
  const asking = providers.map(async (provider, place) => {
    let isFirst = true
    for (const domain of domains) {
      const kept = provider.isRemote ? cache.get(provider.kind, domain) : undefined
      if (kept === undefined && provider.isRemote && !isFirst) await pause(betweenMs, signal)
      if (kept === undefined && provider.isRemote && signal.aborted) {
        answers.get(domain)![place] = { missing: 'time-out' }
        continue
      }
      const answer = kept ?? (await provider.ask(domain, AbortSignal.any([signal, AbortSignal.timeout(questionMs)])))
      if (kept === undefined && provider.isRemote) {
        isFirst = false
        cache.keep(provider.kind, domain, answer)
      }
      answers.get(domain)![place] = answer
    }
  })
  await Promise.race([Promise.all(asking), untilAborted(signal)])
  return domains.map((domain) => factsOf(domain, providers, answers.get(domain)!))
}

function factsOf(domain: string, providers: readonly Provider[], answers: readonly Answer[]): DomainFacts {
  const facts: Fact[] = []
  const missing: Record<string, string> = {}
  providers.forEach(({ kind }, place) => {
    const answer = answers[place] ?? { missing: 'time-out' }
    if ('fact' in answer) facts.push(answer.fact)
    else if (!facts.some((fact) => fact.kind === kind)) missing[kind] = answer.missing
  })
  for (const { kind } of facts) delete missing[kind]
  return { domain, facts, missing }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
