import { type DnsBatch, MARK, TRANSPORT } from '../batch/dns-batch.ts'
import { createSuffixSplit, type PublicSuffixes } from '../dns/public-suffix.ts'
import { hashed, hashedTail, hashOctets, hashWithTail } from '../stats/hash.ts'
import { AddressHash } from './address-hash.ts'
import { type CanonicalBatch, NAME_CLASS } from './canonical-batch.ts'
import { RecentSet } from './recent-set.ts'
import { readReverseName, reverse } from './reverse-name.ts'
import { SearchSuffixes } from './search-suffix.ts'
import { VantageTracker } from './vantage.ts'

const PORT_NETBIOS = 137
/** Labels a search suffix may have in front of its registered domain. */
const SUFFIX_LABELS = 2

/**
 * L0 of DESIGN.md 6: what name, whose domain, which client, counted or not. It sees every row of an observation once,
 * in order of time and before the rows are dealt out to partitions, because its memory (search suffixes, resolvers,
 * earlier targets, queries a client made) spans domains. All of it is bounded.
 */
export class Canonicaliser {
  private readonly suffixes: PublicSuffixes
  private readonly seed: number
  private readonly searchSuffixes = new SearchSuffixes()
  private readonly vantage = new VantageTracker()
  private readonly targets: RecentSet
  private readonly domainsSeen: RecentSet
  private readonly clientTotals = new RecentSet(1 << 16)
  private readonly clientMixed = new RecentSet(1 << 14)
  private readonly client: AddressHash
  private readonly resolver: AddressHash
  private readonly cut = createSuffixSplit()
  private readonly labelOffsets = new Uint8Array(129)

  /** `parts` as in {@link DetectorOptions}: what goes by domain needs that much less room. */
  constructor(suffixes: PublicSuffixes, seed: number, parts = 1) {
    this.suffixes = suffixes
    this.targets = new RecentSet(slots(1 << 17, parts))
    this.domainsSeen = new RecentSet(slots(1 << 14, parts))
    this.seed = seed
    this.client = new AddressHash(seed)
    this.resolver = new AddressHash(seed)
  }

  /** Fills `out` for every row of `batch`, whose rows must be in order of time. */
  canonicalise(batch: DnsBatch, out: CanonicalBatch): void {
    out.batch = batch
    for (let row = 0; row < batch.rows; row++) {
      this.classify(batch, row, out)
      this.identify(batch, row, out)
      this.rememberTargets(batch, row)
    }
  }

  /** What later scans need to know, for a snapshot. */
  memory(): object {
    const { searchSuffixes, vantage, targets, domainsSeen, clientTotals, clientMixed } = this
    return { searchSuffixes, vantage, targets, domainsSeen, clientTotals, clientMixed }
  }

  /** Takes what an earlier scan knew. */
  remember(memory: object): void {
    Object.assign(this, memory)
  }

  private classify(batch: DnsBatch, row: number, out: CanonicalBatch): void {
    const { arena } = batch
    const start = batch.nameStart[row]
    let length = batch.nameLength[row]
    out.domainOffset[row] = 0
    out.domainLength[row] = length
    out.formBits[row] = 0
    out.suffixShaped[row] = 0
    const labels = batch.labelCount[row]
    if (length === 0) {
      out.nameClass[row] = NAME_CLASS.none
    } else if (batch.transport[row] === TRANSPORT.multicast || batch.resolverPort[row] === PORT_NETBIOS) {
      out.nameClass[row] = NAME_CLASS.local
      this.split(arena, start, length, row, out)
    } else if (labels === 1) {
      out.nameClass[row] = NAME_CLASS.single
    } else if (readReverseName(arena, start, length)) {
      out.nameClass[row] = NAME_CLASS.reverse
      out.domainOffset[row] = reverse.keyOffset
      out.domainLength[row] = length - reverse.keyOffset
      out.formBits[row] = reverse.bits
    } else {
      let known = this.split(arena, start, length, row, out)
      const stripped = this.stripSearchSuffix(arena, start, row, out)
      if (stripped > 0) {
        length -= stripped
        known = this.split(arena, start, length, row, out)
      }
      const nothingChosen = out.domainLength[row] === 0
      out.nameClass[row] = nothingChosen ? NAME_CLASS.none : known ? NAME_CLASS.ordinary : NAME_CLASS.invented
    }
    const end = out.domainOffset[row] + out.domainLength[row]
    hashWithTail(arena, start, start + out.domainOffset[row], start + end, this.seed)
    out.domainLo[row] = hashedTail.lo
    out.domainHi[row] = hashedTail.hi
    out.nameLo[row] = hashed.lo
    out.nameHi[row] = hashed.hi
    if (out.nameClass[row] === NAME_CLASS.ordinary) this.domainsSeen.set(out.domainLo[row], out.domainHi[row], 0)
  }

  /** Splits at the public suffix; a name that is itself one gets a domain of length 0. Returns whether it was known. */
  private split(arena: Uint8Array, start: number, length: number, row: number, out: CanonicalBatch): boolean {
    this.suffixes.registeredDomainStart(arena, start, length, this.cut)
    const at = this.cut.registeredStart
    out.domainOffset[row] = at < 0 ? 0 : at - start
    out.domainLength[row] = at < 0 ? 0 : start + length - at
    return !this.cut.unknownTop
  }

  /**
   * Octets of a search suffix at the end of the name, 0 where there is none; learns suffixes on the way. A suffix is the
   * registered domain or up to two labels more (`www.other.example` asked as `www.other.example.eng.corp.example`).
   */
  private stripSearchSuffix(arena: Uint8Array, start: number, row: number, out: CanonicalBatch): number {
    const outer = out.domainOffset[row]
    const end = outer + out.domainLength[row]
    let labels = 0
    for (let at = 0; at < outer; at += arena[start + at] + 1) this.labelOffsets[labels++] = at
    this.labelOffsets[labels] = outer
    // The name inside needs two labels, the last of them a known top-level name.
    for (let cut = labels; cut >= Math.max(2, labels - SUFFIX_LABELS); cut--) {
      const suffixAt = this.labelOffsets[cut]
      this.suffixes.registeredDomainStart(arena, start, suffixAt, this.cut)
      if (this.cut.unknownTop || this.cut.registeredStart < 0) continue
      out.suffixShaped[row] = 1
      const inner = this.cut.registeredStart - start
      hashOctets(arena, start + suffixAt, end - suffixAt, this.seed, true)
      const { lo, hi } = hashed
      if (this.searchSuffixes.has(lo, hi)) return end - suffixAt
      hashOctets(arena, start + inner, suffixAt - inner, this.seed, true)
      // Where the name inside is nobody's (`www.other.example.dev` of the suffix `dev.corp.example`), cut further in.
      if (Number.isNaN(this.domainsSeen.get(hashed.lo, hashed.hi))) continue
      this.searchSuffixes.observe(lo, hi, hashed.lo)
      return 0
    }
    return 0
  }

  private identify(batch: DnsBatch, row: number, out: CanonicalBatch): void {
    out.referred[row] = Number.isNaN(this.targets.get(out.nameLo[row], out.nameHi[row])) ? 0 : 1
    out.counted[row] = (batch.marks[row] & MARK.retransmission) === 0 ? 1 : 0
    out.mixedCase[row] = hasCapital(batch.arena, batch.nameStart[row], out.domainOffset[row]) ? 1 : 0
    if ((batch.marks[row] & MARK.hasClient) === 0) {
      out.clientLo[row] = 0
      out.clientHi[row] = 0
      out.clientTotal[row] = 0
      out.clientMixed[row] = 0
      return
    }
    const { client, resolver } = this
    resolver.read(batch.resolver, batch.resolverWords, row)
    client.read(batch.client, batch.clientWords, row)
    const { lo, hi } = client
    out.clientLo[row] = lo
    out.clientHi[row] = hi
    this.vantage.track(out, batch, row, resolver.lo, resolver.hi)
    const before = this.clientTotals.get(lo, hi)
    const total = (Number.isNaN(before) ? 0 : before) + out.counted[row]
    this.clientTotals.set(lo, hi, total)
    out.clientTotal[row] = total
    const mixedBefore = this.clientMixed.get(lo, hi)
    const mixed = (Number.isNaN(mixedBefore) ? 0 : mixedBefore) + (out.mixedCase[row] & out.counted[row])
    if (mixed > 0) this.clientMixed.set(lo, hi, mixed)
    out.clientMixed[row] = mixed
  }

  private rememberTargets(batch: DnsBatch, row: number): void {
    const first = batch.targetFirst[row]
    for (let t = first; t < first + batch.targetCount[row]; t++) {
      hashOctets(batch.arena, batch.targetStart[t], batch.targetLength[t], this.seed, true)
      this.targets.set(hashed.lo, hashed.hi, 0)
    }
  }
}

/** Whether wire octets hold an ASCII capital letter; length octets are at most 63 and cannot be one (0x41 is 65). */
function hasCapital(bytes: Uint8Array, start: number, length: number): boolean {
  for (let i = start; i < start + length; i++) if (bytes[i] >= 0x41 && bytes[i] <= 0x5a) return true
  return false
}

function slots(whole: number, parts: number): number {
  return 2 ** Math.max(10, Math.ceil(Math.log2(whole / parts)))
}
