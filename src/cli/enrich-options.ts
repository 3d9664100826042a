import { readFileSync } from 'node:fs'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { parseName } from '../dns/name.ts'
import { createSuffixSplit, loadPublicSuffixes } from '../dns/public-suffix.ts'
import { CacheError, FactCache } from '../enrich/cache.ts'
import { domainAge, RDAP_BOOTSTRAP, WHOIS_ROOT } from '../enrich/domain-age.ts'
import { FACT_KINDS, type FactKind, type Provider } from '../enrich/fact.ts'
import { ListError, popularity, threatList } from '../enrich/local-lists.ts'
import { reputation, VIRUSTOTAL } from '../enrich/reputation.ts'
import { EXIT, ExitError } from './exit.ts'
import { nonEmpty } from './options.ts'

/** Where facts are asked for, for `enrich` and `scan --enrich`. */
export interface EnrichOptions {
  readonly cache?: string
  readonly keyFile?: string
  readonly popularity?: string
  readonly threats: readonly string[]
  readonly newDays: number
  readonly at?: number
  readonly offline?: true
}

/** Environment of what is asked: a key, a switch that turns all asking off, and other places to ask at (a proxy, a mirror, a test). */
const ENV = {
  key: 'VIRUSTOTAL_API_KEY',
  off: 'WAKEFUL_OFFLINE',
  virusTotal: 'WAKEFUL_VIRUSTOTAL_URL',
  rdap: 'WAKEFUL_RDAP_BOOTSTRAP',
  whois: 'WAKEFUL_WHOIS',
} as const

/** Questions to one provider come at least this far apart: VirusTotal's public key allows four a minute. */
export const BETWEEN_MS = 250

export function addEnrichOptions(command: Command): Command {
  return command
    .option('--cache <folder>', 'keep answers there, and ask nobody twice', nonEmpty)
    .option('--key-file <file>', `file with a key for VirusTotal; else it is taken from ${ENV.key}`, nonEmpty)
    .option('--popularity <file>', 'list of popular domains, rank,domain a line (Tranco, Umbrella)', nonEmpty)
    .option('--threats <file>', 'list of threats, a domain a line or a table; may be given again', addFile, [])
    .option('--new-days <n>', 'a domain registered fewer days ago is new', days, 100)
    .addOption(new Option('--at <date>', 'day that ages are told of; today if absent').argParser(date))
    .option('--offline', `ask nobody: the cache and lists only; so does ${ENV.off}=1 in the environment`)
}

/** Kinds of facts, as a comma-separated list. */
export function factKinds(text: string): readonly FactKind[] {
  return text.split(',').map((word) => {
    const kind = FACT_KINDS.find((one) => one === word.trim())
    if (!kind) throw new InvalidArgumentError(`"${word}" is none of ${FACT_KINDS.join(', ')}.`)
    return kind
  })
}

/** Who is asked, and what is known already. */
export interface Enrichment {
  readonly providers: readonly Provider[]
  readonly cache: FactCache
}

/** Providers of the kinds, and the cache before them. Lists that were named are read whatever the kinds. */
export function enrichment(kinds: readonly FactKind[], options: EnrichOptions): Enrichment {
  const { env } = process
  const now = () => Date.now()
  const isOff = options.offline === true || (env[ENV.off] ?? '') !== ''
  try {
    const asked: Record<FactKind, () => Provider[]> = {
      reputation: () => [reputation(keyOf(options.keyFile), now, env[ENV.virusTotal] ?? VIRUSTOTAL)],
      age: () => [
        domainAge({
          ...{ newDays: options.newDays, atMs: options.at ?? now(), now },
          ...{ bootstrap: env[ENV.rdap] ?? RDAP_BOOTSTRAP, whois: env[ENV.whois] ?? WHOIS_ROOT },
        }),
      ],
      popularity: () => {
        if (options.popularity === undefined)
          throw new ListError('Popularity is looked up in a list: name one with --popularity FILE.')
        return [popularity(options.popularity)]
      },
      list: () => options.threats.map((path) => threatList(path, registeredDomain)),
    }
    const wanted = new Set([
      ...kinds,
      ...(options.popularity ? ['popularity' as const] : []),
      ...(options.threats.length > 0 ? ['list' as const] : []),
    ])
    const providers = FACT_KINDS.filter((kind) => wanted.has(kind)).flatMap((kind) => asked[kind]())
    return { providers: isOff ? providers.map(silenced) : providers, cache: new FactCache(options.cache, now) }
  } catch (error) {
    if (error instanceof ListError || error instanceof CacheError)
      throw new ExitError(EXIT.configuration, error.message, { cause: error })
    throw error
  }
}

/** A provider that asks nobody; the cache still answers for it. */
function silenced(provider: Provider): Provider {
  return provider.isRemote ? { ...provider, ask: async () => ({ missing: 'offline' }) } : provider
}

function keyOf(path: string | undefined): string | undefined {
  if (path === undefined) return process.env[ENV.key] || undefined
  try {
    return readFileSync(path, 'utf8').trim() || undefined
  } catch (cause) {
    throw new ListError(`The key file ${path} cannot be read: check its name and who may read it.`, { cause })
  }
}

/** The registered domain of a name; the name itself where it has none. */
export function registeredDomain(name: string): string {
  const wire = new Uint8Array(256)
  const length = parseName(name, wire, 0)
  if (length < 0) return name
  const start = loadPublicSuffixes().registeredDomainStart(wire, 0, length, createSuffixSplit())
  if (start < 0) return name
  let labels = 0
  for (let at = start; at < length; at += 1 + wire[at]) labels++
  return name.toLowerCase().replace(/\.$/, '').split('.').slice(-labels).join('.')
}

function addFile(path: string, before: readonly string[]): readonly string[] {
  return [...before, nonEmpty(path)]
}

function days(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('It is no number of days.')
  return Number(text)
}

function date(text: string): number {
  const timeMs = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(timeMs)) throw new InvalidArgumentError('Write a day as 2026-11-26.')
  return timeMs
}

/** Seconds to wait, an hour at most. */
export function waitSeconds(text: string): number {
  const seconds = /^\d{1,4}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN
  if (!(seconds <= 3600)) throw new InvalidArgumentError('It is no number of seconds from 0 to 3600.')
  return seconds
}
