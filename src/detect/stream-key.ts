import { type DnsBatch, TRANSPORT } from '../batch/dns-batch.ts'
import { createSuffixSplit, type PublicSuffixes } from '../dns/public-suffix.ts'
import { readReverseName, reverse } from './reverse-name.ts'

const PORT_NETBIOS = 137

/**
 * The part of a name that says which partition of a topic its exchange belongs to (DESIGN.md 8): the registered domain, the
 * key of a reverse look-up, or the whole of a single label. It is found from the name alone, with no memory of other names,
 * so that every producer finds the same; search suffixes are stripped where their names are booked, not here.
 */
export class StreamKey {
  /** Offset of the key in the batch's arena, and its octets there in wire form. */
  start = 0
  length = 0
  private readonly suffixes: PublicSuffixes
  private readonly cut = createSuffixSplit()

  constructor(suffixes: PublicSuffixes) {
    this.suffixes = suffixes
  }

  /** Finds the key of the row's name. */
  read(batch: DnsBatch, row: number): void {
    const { arena } = batch
    const start = batch.nameStart[row]
    const length = batch.nameLength[row]
    this.start = start
    this.length = length
    if (batch.labelCount[row] < 2) return
    const stays = batch.transport[row] === TRANSPORT.multicast || batch.resolverPort[row] === PORT_NETBIOS
    if (!stays && readReverseName(arena, start, length)) {
      this.start = start + reverse.keyOffset
    } else {
      this.suffixes.registeredDomainStart(arena, start, length, this.cut)
      if (this.cut.registeredStart >= 0) this.start = this.cut.registeredStart
    }
    this.length = start + length - this.start
  }
}
