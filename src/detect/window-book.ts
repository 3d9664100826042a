import { PrefixText } from '../dns/prefix-text.ts'
import type { WindowExchange, WindowTally } from '../features/window/window-tally.ts'
import type { CanonicalBatch } from './canonical-batch.ts'

/** Books rows of a batch into window tallies (DESIGN.md 6, L2). Keeps nothing of a row but in the tally. */
export class WindowBook {
  private readonly prefix = new PrefixText()
  private readonly exchange: WindowExchange

  constructor() {
    const nothing = { answerOctets: 0, answerLo: 0, answerHi: 0, clientLo: 0, clientHi: 0 }
    this.exchange = { timeMs: 0, prefix: this.prefix, novel: false, qtype: 0, rcode: 0, ...nothing }
  }

  /** Books one row under a domain that stands behind `prefixOctets`; `novel` says its name is new there. */
  book(tally: WindowTally, rows: CanonicalBatch, row: number, prefixOctets: number, novel: boolean): void {
    const { batch } = rows
    const { exchange } = this
    this.prefix.read(batch.arena, batch.nameStart[row], prefixOctets)
    exchange.novel = novel
    exchange.timeMs = batch.timeMs[row]
    exchange.qtype = batch.qtype[row]
    exchange.rcode = batch.rcode[row]
    const payload = batch.answerTextOctets[row] + batch.answerTargetOctets[row] + batch.answerRawOctets[row]
    exchange.answerOctets = payload + batch.answerAddressOctets[row]
    exchange.answerLo = batch.answerHashLo[row]
    exchange.answerHi = batch.answerHashHi[row]
    exchange.clientLo = rows.clientLo[row]
    exchange.clientHi = rows.clientHi[row]
    tally.add(exchange)
  }
}
