import { type CanonicalBatch, NAME_CLASS } from '../../detect/canonical-batch.ts'
import { presentName } from '../../detect/present.ts'
import { WindowBook } from '../../detect/window-book.ts'
import { WindowTally } from '../../features/window/window-tally.ts'
import { formatPrefix } from './format-prefix.ts'

const TYPE_A = 1
const TYPE_AAAA = 28

/** What one file showed of one domain; a {@link Sighting} without its labels. */
export interface TalliedDomain {
  readonly domain: string
  readonly lo: number
  readonly hi: number
  queries: number
  addressQueries: number
  readonly prefixes: string[]
  readonly times: number[]
  readonly asked: number[]
  /** Index of each prefix by the hash of its name. */
  readonly indices: Map<string, number>
  readonly window: WindowTally
}

/**
 * Every domain of one observation as the contestants see it. Exact, so its memory grows with the names: for evaluation
 * only. Reverse, local and repeated rows are left out, as everybody would.
 */
export class SightingTally {
  private readonly domains = new Map<string, TalliedDomain>()
  private readonly unregistered: TalliedDomain
  private readonly window = new WindowBook()

  constructor(unregistered: string) {
    this.unregistered = openDomain(unregistered, 0, 0)
  }

  add(rows: CanonicalBatch): void {
    const { batch } = rows
    for (let row = 0; row < batch.rows; row++) {
      const nameClass = rows.nameClass[row]
      const made = nameClass === NAME_CLASS.invented || nameClass === NAME_CLASS.single
      if (rows.counted[row] === 0 || !(made || nameClass === NAME_CLASS.ordinary)) continue
      const key = `${rows.domainLo[row]},${rows.domainHi[row]}`
      const prefixOctets = rows.domainOffset[row]
      const start = batch.nameStart[row] + prefixOctets
      let tallied = this.domains.get(key)
      if (!tallied) {
        const domain = presentName(batch.arena.slice(start, start + rows.domainLength[row])).toLowerCase()
        tallied = openDomain(domain, rows.domainLo[row], rows.domainHi[row])
        this.domains.set(key, tallied)
        if (made) this.book(this.unregistered, rows, row, prefixOctets + rows.domainLength[row])
      }
      this.book(tallied, rows, row, prefixOctets)
    }
  }

  /** Domains that were asked for a name under them. */
  finish(): TalliedDomain[] {
    return [...this.domains.values(), this.unregistered].filter(({ prefixes }) => prefixes.length > 0)
  }

  private book(tallied: TalliedDomain, rows: CanonicalBatch, row: number, prefixOctets: number): void {
    const { batch } = rows
    const start = batch.nameStart[row]
    tallied.queries++
    if (batch.qtype[row] === TYPE_A || batch.qtype[row] === TYPE_AAAA) tallied.addressQueries++
    const name = `${rows.nameLo[row]},${rows.nameHi[row]}`
    let index = prefixOctets === 0 ? undefined : tallied.indices.get(name)
    const novel = prefixOctets > 0 && index === undefined && rows.referred[row] === 0
    if (prefixOctets > 0) {
      if (index === undefined) {
        index = tallied.prefixes.push(formatPrefix(batch.arena, start, prefixOctets)) - 1
        tallied.indices.set(name, index)
      }
      tallied.times.push(batch.timeMs[row])
      tallied.asked.push(index)
    }
    this.window.book(tallied.window, rows, row, prefixOctets, novel)
  }
}

function openDomain(domain: string, lo: number, hi: number): TalliedDomain {
  const lists = { prefixes: [], times: [], asked: [], indices: new Map() }
  return { domain, lo, hi, queries: 0, addressQueries: 0, ...lists, window: new WindowTally() }
}
