import { compareText } from './compare.ts'
import { HashSet } from './hash-set.ts'

/** Clients listed of one domain; more are counted, not listed (DESIGN.md 4). */
export const CLIENTS_MAX = 100
const OTHERS_MAX = 4096

/** Queries added to a client's total: four names in a row still are a third of it. */
const SHARE_PRIOR = 8

/** What one client did with one domain. */
export interface ClientTally {
  readonly lo: number
  readonly hi: number
  /** Its 16 octets as a Latin-1 string: there are tens of thousands of these. */
  readonly address: string
  /** Seen between the client and a resolver; where no such client is known, resolvers are listed instead. */
  clientSide: boolean
  queries: number
  octets: number
  /** Counted queries here with capitals in the prefix. */
  mixed: number
  /** The client's counted queries of all domains when it first asked here, and now: what share this domain has. */
  totalFirst: number
  totalNow: number
  /** Sums of the sequential test of this (client, domain), one an arm. */
  sumNames: number
  sumAnswers: number
}

function openTally(lo: number, hi: number, address: string, total: number): ClientTally {
  const totalFirst = Math.max(0, total - 1)
  return {
    lo,
    hi,
    address,
    clientSide: false,
    queries: 0,
    octets: 0,
    mixed: 0,
    totalFirst,
    totalNow: total,
    sumNames: 0,
    sumAnswers: 0,
  }
}

/** The clients of one domain, at most {@link CLIENTS_MAX} by order of arrival. */
export class ClientTallies {
  list: ClientTally[] = []
  /** Clients beyond the list, told apart as far as {@link OTHERS_MAX}. */
  private othersSeen: HashSet | undefined
  /** All clients beyond the list, as one. */
  private others: ClientTally | undefined

  /** The tally of the client, opened if there is room; the others' common one if not. */
  of(lo: number, hi: number, address: Uint8Array, at: number, total: number): ClientTally {
    for (const tally of this.list) if (tally.lo === lo && tally.hi === hi) return tally
    if (this.list.length < CLIENTS_MAX) {
      const octets = Buffer.from(address.buffer, address.byteOffset + at, 16).toString('latin1')
      const tally = openTally(lo, hi, octets, total)
      // Most domains have one client: a pushed array would have room for seventeen.
      if (this.list.length === 0) this.list = [tally]
      else this.list.push(tally)
      return tally
    }
    this.others ??= openTally(0, 0, '', total)
    this.othersSeen ??= new HashSet(OTHERS_MAX)
    if (!this.othersSeen.isFull) this.othersSeen.add(lo, hi)
    return this.others
  }

  /** Clients proper; senders on the resolver's side only where nothing else is known. Rows without an address: none. */
  listed(): ClientTally[] {
    const known = this.list.filter((tally) => tally.lo !== 0 || tally.hi !== 0)
    const clients = known.filter((tally) => tally.clientSide)
    const shown = clients.length > 0 ? clients : known
    return shown.sort((a, b) => b.octets - a.octets || compareText(a.address, b.address))
  }

  /** How many clients there are, beyond the list too. */
  count(): number {
    return this.listed().length + (this.othersSeen?.size ?? 0)
  }

  /**
   * The domain's share of all its clients asked for since they first asked here, shrunk towards none by a few queries
   * that were never made, since four names of the first five asked prove little; NaN where totals are unknown. Who sees
   * one of `parts` equal shares of the domains sees that share of what its clients asked of others.
   */
  share(parts = 1): number {
    let own = 0
    let all = 0
    for (const tally of this.list) {
      const total = tally.totalNow - tally.totalFirst
      own += tally.queries
      all += parts === 1 ? total : tally.queries + parts * Math.max(0, total - tally.queries)
    }
    return all === 0 ? Number.NaN : own / (all + SHARE_PRIOR)
  }
}
