import { MARK, VANTAGE } from '../batch/dns-batch.ts'
import type { CanonicalBatch } from '../detect/canonical-batch.ts'

/** What an observation held, counted in the run that is judged. */
export class RowTally {
  /** Exchanges counted once: no retransmissions, no second sight of one query. */
  queries = 0
  /** Keys of the clients on the clients' side of a resolver. */
  readonly clients: Set<string> = new Set()

  add(rows: CanonicalBatch): void {
    const { batch } = rows
    for (let row = 0; row < batch.rows; row++) {
      if (rows.counted[row] === 0) continue
      this.queries++
      const known = (batch.marks[row] & MARK.hasClient) !== 0 && batch.vantage[row] !== VANTAGE.resolverSide
      if (known) this.clients.add(`${rows.clientLo[row]},${rows.clientHi[row]}`)
    }
  }
}
