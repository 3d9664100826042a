import type { Answer, Provider } from './fact.ts'
import { at, fetchJson } from './fetch-json.ts'

export const VIRUSTOTAL = 'https://www.virustotal.com'

/** Verdicts that count as against a domain, and those that count at all. */
const AGAINST = ['malicious', 'suspicious'] as const
const ALL = [...AGAINST, 'harmless', 'undetected'] as const

/**
 * What VirusTotal's engines say of a domain: GET /api/v3/domains/DOMAIN with the key in a header. The figure is the share of engines
 * that are against it. A domain that it does not know, a spent quota and an answer that is none are missing, never 0.
 *
 * Source: VirusTotal API v3, "Get a domain report".
 */
export function reputation(key: string | undefined, now: () => number, base: string = VIRUSTOTAL): Provider {
  return {
    kind: 'reputation',
    isRemote: true,
    async ask(domain, signal): Promise<Answer> {
      if (key === undefined) return { missing: 'no-key' }
      const url = `${base}/api/v3/domains/${encodeURIComponent(domain)}`
      const answer = await fetchJson(url, { 'x-apikey': key }, signal)
      if ('missing' in answer) return answer
      const stats = at(answer.object, 'data', 'attributes', 'last_analysis_stats')
      const count = (name: string) => {
        const value = at(stats, name)
        return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : Number.NaN
      }
      const known = ALL.map(count).filter((value) => !Number.isNaN(value))
      const all = known.reduce((sum, value) => sum + value, 0)
      if (Number.isNaN(count('malicious')) || all === 0) return { missing: 'malformed' }
      const against = AGAINST.map(count).reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0)
      return {
        fact: {
          ...{
            kind: 'reputation',
            value: against / all,
            source: new URL(base).host,
            asOf: new Date(now()).toISOString(),
          },
          words: `${against} of ${all} engines are against it`,
        },
      }
    },
  }
}
