import { VANTAGE } from '../batch/dns-batch.ts'
import { type CanonicalBatch, NAME_CLASS } from '../detect/canonical-batch.ts'
import { DistinctCount } from '../stats/distinct-count.ts'

/** Counts distinct clients and registered domains over all observations of a run, in fixed memory. */
export class DistinctSubjects {
  private readonly clientSide = new DistinctCount()
  private readonly senders = new DistinctCount()
  private readonly registered = new DistinctCount()

  add(rows: CanonicalBatch): void {
    const { batch, nameClass, clientLo, clientHi } = rows
    for (let row = 0; row < batch.rows; row++) {
      if (nameClass[row] === NAME_CLASS.ordinary || nameClass[row] === NAME_CLASS.invented) {
        this.registered.add(rows.domainLo[row], rows.domainHi[row])
      }
      if (clientLo[row] === 0 && clientHi[row] === 0) continue
      this.senders.add(clientLo[row], clientHi[row])
      if (batch.vantage[row] !== VANTAGE.resolverSide) this.clientSide.add(clientLo[row], clientHi[row])
    }
  }

  /** Clients proper; the resolvers that asked where only their side was seen. */
  get clients(): number {
    return this.clientSide.value || this.senders.value
  }

  get domains(): number {
    return this.registered.value
  }
}
