import { Blocklist } from '../../alerts/blocklist.ts'
import { loadProtectedDomains } from '../../alerts/protected-domains.ts'
import { loadPublicSuffixes } from '../../dns/public-suffix.ts'
import type { Troubles } from '../../service/troubles.ts'
import type { Settings } from '../../settings/schema.ts'

/** The blocklist of a configuration, if it has one. */
export function makeBlocklist({ blocklist }: Settings, troubles: Troubles, now: () => number): Blocklist | undefined {
  if (!blocklist) return undefined
  const { rpz, list, enabled, minSeverity, days, overrides } = blocklist
  const domains = loadProtectedDomains()
  return new Blocklist({
    ...{ rpz, list, enabled, minSeverity, days, now },
    rules: {
      suffixes: loadPublicSuffixes(),
      isProtected: (domain) => domains.has(domain),
      overrides: new Set(overrides),
    },
    onTrouble: (sentence) => troubles.set('blocklist', sentence),
  })
}
