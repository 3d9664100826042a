import { SEVERITIES, type Severity } from '../detect/incident.ts'
import { replaceFile } from '../files/replace-file.ts'
import { type BlockRules, blockRefusal, domainsOf } from '../sinks/alerts/blockable.ts'
import { blockList, type PolicyZone, policyZone } from '../sinks/alerts/policy-zone.ts'
import type { IncidentRecord } from '../store/records.ts'
import type { Stand } from '../store/standing.ts'

const DAY_MS = 86_400_000
/** Domains in one list, newest incidents first. */
const DOMAINS_MAX = 10_000

/** What is blocked, and where that is written. */
export interface BlocklistOptions {
  /** The response policy zone's file, and the plain list; each is left out where it is not named. */
  readonly rpz?: string | undefined
  readonly list?: string | undefined
  /** Off: what would be blocked stands in comments, and nothing is blocked by loading the file. */
  readonly enabled: boolean
  readonly minSeverity: Severity
  /** A domain is let go so long after its incident's last revision. */
  readonly days: number
  readonly rules: BlockRules
  now(): number
  onTrouble(sentence: string | undefined): void
}

/** Domain and what is to be said of it in a comment. */
type Remark = PolicyZone['remarks'][number]

/**
 * A response policy zone and a plain list of the domains that data leaves by, written whole at each change. Demo, withheld, benign and
 * burn-in incidents are none of it; neither are public suffixes, protected domains and what is no host name.
 */
export class Blocklist {
  private readonly options: BlocklistOptions
  private written = ''
  private serial = 0
  private isWrong = false

  constructor(options: BlocklistOptions) {
    this.options = options
  }

  /** What is blocked, and what is not and why, of the incidents as they stand. */
  choose(incidents: Iterable<IncidentRecord>, standOf: (record: IncidentRecord) => Stand) {
    const { enabled, minSeverity, days, rules, now } = this.options
    const oldestMs = now() - days * DAY_MS
    const domains = new Set<string>()
    const remarks: Remark[] = []
    const seen = new Set<string>()
    for (const record of [...incidents].reverse()) {
      const { incident, demo, burnIn, receivedMs } = record
      const { standing } = standOf(record)
      if (demo || burnIn || receivedMs < oldestMs || (standing !== 'open' && standing !== 'malicious')) continue
      if (SEVERITIES.indexOf(incident.severity) < SEVERITIES.indexOf(minSeverity)) continue
      for (const domain of domainsOf(incident)) {
        if (seen.has(domain) || seen.size >= DOMAINS_MAX) continue
        seen.add(domain)
        const refusal = blockRefusal(domain, rules)
        if (refusal !== undefined) remarks.push({ domain, remark: `not blocked (${refusal})` })
        else if (enabled) domains.add(domain)
        else remarks.push({ domain, remark: 'would be blocked' })
      }
    }
    return { domains: [...domains].sort(), remarks: remarks.sort((a, b) => (a.domain < b.domain ? -1 : 1)) }
  }

  /** Writes both files where what they say has changed, or could not be written before. */
  write(incidents: Iterable<IncidentRecord>, standOf: (record: IncidentRecord) => Stand): void {
    const { rpz, list, now, onTrouble } = this.options
    const chosen = this.choose(incidents, standOf)
    const content = JSON.stringify(chosen)
    if (content === this.written) return
    // Two changes in one second still need two serials.
    this.serial = Math.max(this.serial + 1, Math.floor(now() / 1000))
    const zone = { ...chosen, serial: this.serial }
    try {
      if (rpz !== undefined) replaceFile(rpz, policyZone(zone), { mode: 0o644 })
      if (list !== undefined) replaceFile(list, blockList(zone), { mode: 0o644 })
      this.written = content
      if (this.isWrong) onTrouble(undefined)
      this.isWrong = false
    } catch (error) {
      this.isWrong = true
      onTrouble(`The blocklist cannot be written (${(error as Error).message}): it is tried again.`)
    }
  }
}
