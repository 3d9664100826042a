import type { WindowModel } from '../../detect/window-model.ts'
import type { FoundInputs } from '../../sources/inputs/find-inputs.ts'
import { type ScanOptions, type ScanResult, scan } from '../scan.ts'
import { accountOf } from './account.ts'
import type { DomainAccount } from './domain-account.ts'
import type { DomainKey } from './domain-key.ts'
import { DomainWatch } from './domain-watch.ts'

/** Why a domain is an alert, or why it is none. */
export interface Explanation {
  readonly kind: 'explanation'
  readonly registeredDomain: string
  readonly seen: boolean
  readonly verdict: string
  /** One an observation in which it was seen: the timed inputs together, then each input without time. */
  readonly accounts: readonly DomainAccount[]
  /** The nearest names that were seen, where it was not. */
  readonly nearest: readonly string[]
}

/** Scans the inputs as one observation and tells all about one domain. The scan is that of `wakeful scan`, watched. */
export async function explain(
  key: DomainKey,
  found: FoundInputs,
  options: Pick<ScanOptions, 'model' | 'source' | 'name'> & { readonly window?: WindowModel },
  signal: AbortSignal,
): Promise<{ explanation: Explanation; result: ScanResult }> {
  const watch = new DomainWatch(key)
  const accounts: DomainAccount[] = []
  const watched: ScanOptions = {
    ...options,
    each: false,
    onRows: (rows) => watch.onRows(rows),
    watcher: watch,
    onObservation(detector, observation, sources) {
      // After the last row nobody asked yet.
      watch.readAccounts()
      const account = accountOf(key, watch.rows, detector, observation, sources, options.window)
      if (account) accounts.push(account)
    },
  }
  const result = await scan(found, watched, signal)
  const seen = accounts.length > 0
  const explanation: Explanation = {
    kind: 'explanation',
    registeredDomain: key.domain,
    seen,
    verdict: seen
      ? accounts.map((account) => account.verdict).join(' ')
      : `${key.domain} was not asked for in what was read.`,
    accounts,
    nearest: seen ? [] : watch.nearest.names,
  }
  return { explanation, result }
}
