import { hashed, hashOctets } from '../stats/hash.ts'
import type { CanonicalBatch } from './canonical-batch.ts'
import type { ClientTally } from './client-tally.ts'
import type { DomainState } from './domain-state.ts'
import { HashSet } from './hash-set.ts'

/** Spellings remembered of one domain. */
const SPELLINGS_MAX = 4096
/** Names under other domains a client must have asked for before its way of writing them is known. */
const OTHER_NAMES_MIN = 20
/** Share of those that may hold capitals: a resolver that mixes case (0x20) does so in every name. */
const OTHER_MIXED_SHARE = 0.1

/**
 * Octets that the case of letters may carry in a name whose letters were heard before: one bit a letter for a spelling
 * that is new, 0 where it is not, where the name has no capitals, or where the client writes other domains' names in
 * mixed case too (draft-vixie-dnsext-dns0x20: such a tap is blind to this channel, by choice). Names compare without
 * case (RFC 4343), so without this account `wWw` and `WwW` would repeat one name and carry three bits each for nothing.
 */
export function caseOctets(state: DomainState, tally: ClientTally, rows: CanonicalBatch, row: number): number {
  if (rows.mixedCase[row] === 0 || rows.counted[row] === 0) return 0
  const { batch } = rows
  const others = tally.totalNow - tally.queries
  if (others < OTHER_NAMES_MIN || rows.clientMixed[row] - tally.mixed > others * OTHER_MIXED_SHARE) return 0
  const start = batch.nameStart[row]
  hashOctets(batch.arena, start, rows.domainOffset[row], 0, false)
  state.spellings ??= new HashSet(SPELLINGS_MAX)
  if (!state.spellings.add(hashed.lo, hashed.hi)) return 0
  let letters = 0
  for (let i = start; i < start + rows.domainOffset[row]; i++) {
    const octet = batch.arena[i] | 32
    if (octet >= 0x61 && octet <= 0x7a) letters++
  }
  return letters / 8
}
