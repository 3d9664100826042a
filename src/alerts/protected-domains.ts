import { readFileSync } from 'node:fs'

/** The registered domains that ship as protected: two levels up from here, both in `src/alerts` and in `dist/alerts`. */
export function loadProtectedDomains(): ReadonlySet<string> {
  const text = readFileSync(new URL('../../assets/protected-domains.txt', import.meta.url), 'utf8')
  return new Set(text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#')))
}
