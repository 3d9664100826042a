import { parseName } from '../dns/name.ts'
import { parseType } from '../dns/types.ts'
import { parseAddress } from './address.ts'
import { DnsBatch, MARK, TRANSPORT, VANTAGE } from './dns-batch.ts'
import { RowView } from './row-view.ts'

/** A row as a test writes it; what it leaves out is an answered A query of 10.0.0.5 to 10.0.0.53 over UDP. */
export interface Row {
  /** Milliseconds since 1970; NaN where there is none. */
  time?: number
  qname: string
  qtype?: string
  /** -1 where no response was seen. */
  rcode?: number
  /** '' where there is none. */
  client?: string
  resolver?: string
  resolverPort?: number
  vantage?: keyof typeof VANTAGE
  transport?: keyof typeof TRANSPORT
  addressOctets?: number
  textOctets?: number
  rawOctets?: number
  targetOctets?: number
  /** What the answer's hash is made of. */
  answer?: number
  targets?: string[]
  marks?: number
  input?: number
  position?: number
}

export const CLIENT = '10.0.0.5'
export const RESOLVER = '10.0.0.53'
/** A time of day that falls on a minute. */
export const START_MS = Date.UTC(2026, 0, 5, 12)

/** The name in wire form. */
export function wire(name: string): Uint8Array {
  const out = new Uint8Array(254)
  const length = parseName(name, out, 0)
  if (length < 0) throw new Error(`${name} is no name`)
  return out.slice(0, length)
}

/** Appends one row. */
export function addRow(batch: DnsBatch, row: Row): number {
  const at = batch.addRow()
  const { client = CLIENT, resolver = RESOLVER, rcode = 0 } = row
  batch.timeMs[at] = row.time ?? START_MS
  batch.input[at] = row.input ?? 0
  batch.position[at] = row.position ?? at
  if (client !== '') {
    parseAddress(client, batch.client, at * 16)
    parseAddress(resolver, batch.resolver, at * 16)
  }
  batch.resolverPort[at] = row.resolverPort ?? 53
  batch.vantage[at] = VANTAGE[row.vantage ?? 'clientSide']
  batch.transport[at] = TRANSPORT[row.transport ?? 'udp']
  const name = wire(row.qname)
  let labels = 0
  for (let i = 0; i < name.length; i += name[i] + 1) labels++
  batch.setName(at, name, 0, name.length, labels)
  batch.qtype[at] = parseType(row.qtype ?? 'A') ?? 1
  batch.qclass[at] = 1
  batch.rcode[at] = rcode
  batch.answerAddressOctets[at] = row.addressOctets ?? (rcode === 0 && row.qtype === undefined ? 4 : 0)
  batch.answerTextOctets[at] = row.textOctets ?? 0
  batch.answerRawOctets[at] = row.rawOctets ?? 0
  batch.answerTargetOctets[at] = row.targetOctets ?? 0
  batch.answerCount[at] = rcode === 0 ? 1 : 0
  batch.answerHashLo[at] = row.answer ?? 1
  batch.answerHashHi[at] = row.answer ?? 1
  batch.marks[at] =
    MARK.query | (rcode >= 0 ? MARK.response : 0) | (client === '' ? 0 : MARK.hasClient) | (row.marks ?? 0)
  for (const target of row.targets ?? []) {
    const octets = wire(target)
    batch.addTarget(at, octets, 0, octets.length)
  }
  return at
}

/** A batch of these rows. */
export function rowsToBatch(rows: readonly Row[]): DnsBatch {
  const batch = new DnsBatch(Math.max(1, rows.length))
  for (const row of rows) addRow(batch, row)
  return batch
}

/** The rows in batches of `size`. */
export function rowsToBatches(rows: readonly Row[], size: number): DnsBatch[] {
  const batches: DnsBatch[] = []
  for (let from = 0; from < rows.length; from += size) batches.push(rowsToBatch(rows.slice(from, from + size)))
  return batches
}

/** The rows of a batch, to read. */
export function viewsOf(batch: DnsBatch): RowView[] {
  return Array.from({ length: batch.rows }, (_, row) => new RowView(batch, row))
}
