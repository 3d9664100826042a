import { type DnsBatch, MARK, TRANSPORT, VANTAGE } from '../batch/dns-batch.ts'
import type { CanonicalBatch } from './canonical-batch.ts'
import { RecentSet } from './recent-set.ts'

/** A resolver asks upstream at once; what comes later is a new question. */
const SECOND_SIGHT_MS = 10_000

/**
 * Says on which side of a resolver a row was seen, and marks the second sight of one query.
 *
 * A sender that is itself asked on a DNS port is a resolver, whatever its RD bit says. Its question counts as the
 * second sight of a client's when the client-side row for the same name came at most 10 s before. A tap that sees
 * the resolver's side only has no first sight, so nothing is lost there.
 */
export class VantageTracker {
  private readonly servers = new RecentSet(1 << 14)
  private readonly clientSideNames = new RecentSet(1 << 16)

  /** Refines `vantage` and sets `MARK.secondVantage` and `counted`; name and client hashes must be filled in. */
  track(rows: CanonicalBatch, batch: DnsBatch, row: number, serverLo: number, serverHi: number): void {
    const timeMs = batch.timeMs[row]
    let vantage = batch.vantage[row]
    const direct = batch.transport[row] !== TRANSPORT.multicast
    if (direct && (serverLo | serverHi) !== 0) this.servers.set(serverLo, serverHi, timeMs)
    if (direct && !Number.isNaN(this.servers.get(rows.clientLo[row], rows.clientHi[row]))) {
      // Every host that talks to itself (a resolver on the client's own machine) stays client-side.
      if (rows.clientLo[row] !== serverLo || rows.clientHi[row] !== serverHi) vantage = VANTAGE.resolverSide
    }
    batch.vantage[row] = vantage
    const nameLo = rows.nameLo[row]
    const nameHi = rows.nameHi[row]
    if (vantage === VANTAGE.resolverSide) {
      const first = this.clientSideNames.get(nameLo, nameHi)
      if (timeMs - first <= SECOND_SIGHT_MS) batch.marks[row] |= MARK.secondVantage
    } else {
      this.clientSideNames.set(nameLo, nameHi, timeMs)
    }
    rows.counted[row] = (batch.marks[row] & (MARK.retransmission | MARK.secondVantage)) === 0 ? 1 : 0
  }
}
