import { MARK } from '../../batch/dns-batch.ts'
import { RowView } from '../../batch/row-view.ts'
import { newCounts } from '../input-counts.ts'
import { InputError, type InputFile } from '../input-file.ts'
import type { InputCounts, Source, SourceOptions } from '../source.ts'

export const OPTIONS: SourceOptions = { ports: [], responseWaitMs: 5000 }

/** An input that lies in memory, cut into chunks of `chunkOctets`. */
export function memoryInput(content: Uint8Array | string, chunkOctets = Number.POSITIVE_INFINITY): InputFile {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  return {
    index: 3,
    label: 'fixture',
    path: '/fixture',
    writtenMs: Date.UTC(2026, 10, 27),
    async *chunks() {
      for (let at = 0; at < bytes.length; at += chunkOctets) {
        // A copy with nothing behind it: readers must not look past a chunk.
        yield new Uint8Array(bytes.subarray(at, Math.min(at + chunkOctets, bytes.length)))
      }
    },
  }
}

export function missingInput(): InputFile {
  return {
    ...memoryInput(''),
    // biome-ignore lint/correctness/useYield: it fails before there is anything to hand over
    async *chunks() {
      throw new InputError('/fixture does not exist.')
    },
  }
}

/** A row as plain values, for comparison. */
export type PlainRow = Awaited<ReturnType<typeof readRows>>[number]

export async function readRows(source: Source, signal = new AbortController().signal) {
  const rows = []
  for await (const batch of source.read(signal)) {
    for (let i = 0; i < batch.rows; i++) {
      const row = new RowView(batch, i)
      rows.push({
        timeMs: batch.timeMs[i],
        input: batch.input[i],
        position: batch.position[i],
        qname: row.qname,
        labels: batch.labelCount[i],
        client: row.client,
        resolver: row.resolver,
        resolverPort: batch.resolverPort[i],
        vantage: batch.vantage[i],
        transport: batch.transport[i],
        qtype: row.qtype,
        qclass: batch.qclass[i],
        rcode: row.rcode,
        flags: batch.flags[i],
        answers: batch.answerCount[i],
        addressOctets: batch.answerAddressOctets[i],
        textOctets: batch.answerTextOctets[i],
        targetOctets: batch.answerTargetOctets[i],
        rawOctets: batch.answerRawOctets[i],
        answerHash: `${batch.answerHashHi[i]}/${batch.answerHashLo[i]}`,
        ttlMinSeconds: batch.ttlMinSeconds[i],
        roundTripMs: batch.roundTripMs[i],
        targets: row.targets,
        marks: Object.keys(MARK).filter((mark) => row.has(mark as keyof typeof MARK)),
      })
    }
  }
  return rows
}

/** Reads content with one kind of source; `open` makes it. */
export async function readContent(
  content: Uint8Array | string,
  open: (file: InputFile, counts: InputCounts, options: SourceOptions) => Promise<Source | string> | Source | string,
  options: SourceOptions = OPTIONS,
  chunkOctets?: number,
) {
  const counts = newCounts('fixture')
  const source = await open(memoryInput(content, chunkOctets), counts, options)
  if (typeof source === 'string') throw new Error(source)
  return { rows: await readRows(source), counts, source }
}

const HEADER = [
  '#separator \\x09',
  '#set_separator\t,',
  '#empty_field\t(empty)',
  '#unset_field\t-',
  '#path\tdns',
  '#open\t2023-01-21-15-29-23',
]
export const FIELDS =
  'ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto trans_id rtt query qclass qclass_name qtype qtype_name rcode rcode_name AA TC RD RA Z answers TTLs rejected'

/** A row with blanks for tabs and tildes for blanks as Zeek writes it. */
export function zeekLine(row: string): string {
  return row.replaceAll(' ', '\t').replaceAll('~', ' ')
}

/** A Zeek dns.log with these rows. */
export function zeekLog(rows: readonly string[], fields = FIELDS): string {
  const lines = [...HEADER, `#fields ${fields}`.replaceAll(' ', '\t'), ...rows.map((row) => zeekLine(row))]
  return `${lines.join('\n')}\n`
}

export const ZEEK_ROWS = [
  '1598549224.859840 CXQ4lN 10.8.0.93 51797 8.8.8.8 53 udp 54307 0.010662 portal.example.com 1 C_INTERNET 1 A 0 NOERROR F F T T 0 star.example.net,192.0.2.30 125.000000,59.000000 F',
  '1598549225.100000 CXQ4lO 10.8.0.93 51798 8.8.8.8 53 udp 54308 - Missing.Example.com 1 C_INTERNET 28 AAAA - - F F T F 0 - - F',
  '1598549226.000001 CXQ4lP 2001:db8::5 51799 2001:db8::53 53 tcp 54309 0.5 t.example.org 1 C_INTERNET 16 TXT 0 NOERROR T T F F 1 TXT~5~hello~TXT~3~a\\x2cb 60.000000 F',
  '1598549227.000000 CXQ4lQ 10.8.0.7 5353 224.0.0.251 5353 udp 0 - _rfb._tcp.local 1 C_INTERNET 12 PTR - - F F F F 0 - - F',
]
