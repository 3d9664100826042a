import { BATCH_ROWS, type DnsBatch } from '../batch/dns-batch.ts'

/** What kind of name a row asks for; each kind is booked and judged in its own way. */
export const NAME_CLASS = {
  /** The root, or a public suffix by itself: nothing a client could have chosen. */
  none: 0,
  /** Under a registered domain of a known public suffix. */
  ordinary: 1,
  /** Under a top-level name the Public Suffix List does not know: nobody had to register it. */
  invented: 2,
  /** One label only. */
  single: 3,
  /** A well-formed reverse look-up (RFC 1035 3.5, RFC 3596 2.5). */
  reverse: 4,
  /** Sent to a link-local group or to NetBIOS: it does not leave the link. */
  local: 5,
} as const

/** A batch with what L0 (DESIGN.md 6) found about each row. Reused from batch to batch. */
export class CanonicalBatch {
  batch!: DnsBatch
  readonly nameClass: Uint8Array
  /** Offset of the domain within the row's name, and its octets there (a stripped search suffix lies behind it). */
  readonly domainOffset: Uint8Array
  readonly domainLength: Uint8Array
  /** Bits of the prefix where its form alone tells them (reverse look-ups); 0 elsewhere. */
  readonly formBits: Uint8Array
  /** 1 where a whole name of a known public suffix stands before the domain, as search suffixes make them. */
  readonly suffixShaped: Uint8Array
  /** Hash of the case-folded domain: key of the account, choice of the partition. */
  readonly domainLo: Uint32Array
  readonly domainHi: Uint32Array
  /** Hash of the case-folded name up to the end of the domain: novelty. */
  readonly nameLo: Uint32Array
  readonly nameHi: Uint32Array
  readonly clientLo: Uint32Array
  readonly clientHi: Uint32Array
  /** Counted queries of the row's client so far, this one included. */
  readonly clientTotal: Float64Array
  /** 1 where the name holds a capital letter before its domain, and how many such counted queries its client made. */
  readonly mixedCase: Uint8Array
  readonly clientMixed: Float64Array
  /** 1 where the name stood as a target in an earlier answer: the client did not choose it. */
  readonly referred: Uint8Array
  /** 0 where the row is a retransmission or the second sight of one query. */
  readonly counted: Uint8Array

  /** Rows there is room for. */
  get capacity(): number {
    return this.nameClass.length
  }

  constructor(capacity: number = BATCH_ROWS) {
    this.nameClass = new Uint8Array(capacity)
    this.domainOffset = new Uint8Array(capacity)
    this.domainLength = new Uint8Array(capacity)
    this.suffixShaped = new Uint8Array(capacity)
    this.formBits = new Uint8Array(capacity)
    this.domainLo = new Uint32Array(capacity)
    this.domainHi = new Uint32Array(capacity)
    this.nameLo = new Uint32Array(capacity)
    this.nameHi = new Uint32Array(capacity)
    this.clientLo = new Uint32Array(capacity)
    this.clientHi = new Uint32Array(capacity)
    this.clientTotal = new Float64Array(capacity)
    this.mixedCase = new Uint8Array(capacity)
    this.clientMixed = new Float64Array(capacity)
    this.referred = new Uint8Array(capacity)
    this.counted = new Uint8Array(capacity)
  }
}
