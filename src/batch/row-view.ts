import { formatName } from '../dns/name.ts'
import { formatAddress } from './address.ts'
import { type DnsBatch, MARK } from './dns-batch.ts'

/** One row of a batch as a person would read it. Slow: every getter makes a string or looks up a column. */
export class RowView {
  readonly batch: DnsBatch
  readonly index: number

  constructor(batch: DnsBatch, index: number) {
    this.batch = batch
    this.index = index
  }

  /** The name in presentation form, escaped as in RFC 4343 2.1, without a trailing dot. */
  get qname(): string {
    const { arena, nameStart, nameLength } = this.batch
    return formatName(arena, nameStart[this.index], nameLength[this.index])
  }

  get timeMs(): number {
    return this.batch.timeMs[this.index]
  }

  /** The client's address, or an empty string where the source had none. */
  get client(): string {
    return this.has('hasClient') ? formatAddress(this.batch.client, this.index * 16) : ''
  }

  get resolver(): string {
    return this.has('hasClient') ? formatAddress(this.batch.resolver, this.index * 16) : ''
  }

  get qtype(): number {
    return this.batch.qtype[this.index]
  }

  get rcode(): number {
    return this.batch.rcode[this.index]
  }

  /** Target names (CNAME, MX, SRV, ...) of the answers, in presentation form. */
  get targets(): string[] {
    const { arena, targetFirst, targetCount, targetStart, targetLength } = this.batch
    const first = targetFirst[this.index]
    return Array.from({ length: targetCount[this.index] }, (_, t) =>
      formatName(arena, targetStart[first + t], targetLength[first + t]),
    )
  }

  /** Whether the row carries the mark. */
  has(mark: keyof typeof MARK): boolean {
    return (this.batch.marks[this.index] & MARK[mark]) !== 0
  }
}
