import { parseAddress } from '../../batch/address.ts'
import type { DnsBatch } from '../../batch/dns-batch.ts'
import { RowView } from '../../batch/row-view.ts'
import type { InputFile } from '../input-file.ts'
import type { InputCounts, SourceOptions } from '../source.ts'
import { CaptureSource } from './capture-source.ts'

export const CLIENT = '10.0.0.5'
export const RESOLVER = '10.0.0.53'

export function u16(value: number): number[] {
  return [(value >> 8) & 0xff, value & 0xff]
}

export function u32(value: number): number[] {
  return [...u16(value >>> 16), ...u16(value & 0xffff)]
}

export interface MessageParts {
  id?: number
  flags?: number
  name?: string
  qtype?: number
  /** IPv4 addresses of A records that point back to the question. */
  answers?: number[][]
}

/** A DNS message: a query with RD unless told otherwise. */
export function message({ id = 1, flags = 0x0100, name = 'a.example', qtype = 1, answers = [] }: MessageParts = {}) {
  const labels = name.split('.').flatMap((label) => [Buffer.byteLength(label), ...Buffer.from(label)])
  const records = answers.flatMap((address) => [
    ...u16(0xc00c),
    ...u16(1),
    ...u16(1),
    ...u32(60),
    ...u16(4),
    ...address,
  ])
  return [
    ...u16(id),
    ...u16(flags),
    ...u16(1),
    ...u16(answers.length),
    ...u32(0),
    ...labels,
    0,
    ...u16(qtype),
    ...u16(1),
    ...records,
  ]
}

/** Its response, with one address. */
export function response(parts: MessageParts = {}): number[] {
  return message({ flags: 0x8180, answers: [[192, 0, 2, 1]], ...parts })
}

export function udp(
  sourcePort: number,
  destinationPort: number,
  payload: number[],
  length = payload.length + 8,
): number[] {
  return [...u16(sourcePort), ...u16(destinationPort), ...u16(length), 0, 0, ...payload]
}

export interface SegmentParts {
  sequence?: number
  flags?: number
}

export function tcp(
  sourcePort: number,
  destinationPort: number,
  payload: number[],
  parts: SegmentParts = {},
): number[] {
  const { sequence = 0, flags = 0x10 } = parts
  return [
    ...u16(sourcePort),
    ...u16(destinationPort),
    ...u32(sequence),
    ...u32(0),
    0x50,
    flags,
    ...u16(1000),
    ...u32(0),
    ...payload,
  ]
}

export interface Ipv4Parts {
  source?: string
  destination?: string
  protocol?: number
  id?: number
  /** In octets. */
  offset?: number
  more?: boolean
  total?: number
}

export function ipv4(payload: number[], parts: Ipv4Parts = {}): number[] {
  const { source = CLIENT, destination = RESOLVER, protocol = 17, id = 7, offset = 0, more = false } = parts
  const fragment = offset / 8 + (more ? 0x2000 : 0)
  const total = parts.total ?? payload.length + 20
  return [
    0x45,
    0,
    ...u16(total),
    ...u16(id),
    ...u16(fragment),
    64,
    protocol,
    0,
    0,
    ...quad(source),
    ...quad(destination),
    ...payload,
  ]
}

export function ipv6(payload: number[], next: number, source = 'fe80::1', destination = 'fe80::2'): number[] {
  return [0x60, 0, 0, 0, ...u16(payload.length), next, 64, ...address(source), ...address(destination), ...payload]
}

function quad(text: string): number[] {
  return text.split('.').map(Number)
}

function address(text: string): number[] {
  const octets = new Uint8Array(16)
  parseAddress(text, octets, 0)
  return [...octets]
}

export function ethernet(payload: number[], ethertype = 0x0800): number[] {
  return [...new Array<number>(12).fill(2), ...u16(ethertype), ...payload]
}

/** A query from the client, as an Ethernet frame. */
export function queryFrame(parts: MessageParts = {}, port = 40_000): number[] {
  return ethernet(ipv4(udp(port, 53, message(parts))))
}

/** Its response. */
export function responseFrame(parts: MessageParts = {}, port = 40_000): number[] {
  return ethernet(ipv4(udp(53, port, response(parts)), { source: RESOLVER, destination: CLIENT }))
}

export interface Frame {
  timeMs: number
  octets: number[]
  /** Original length, where the capture cut the packet. */
  original?: number
}

export interface PcapParts {
  little?: boolean
  kind?: 'micro' | 'nano' | 'modified'
  linkType?: number
}

/** A pcap file. */
export function pcap(
  frames: readonly Frame[],
  { little = true, kind = 'micro', linkType = 1 }: PcapParts = {},
): Uint8Array {
  const word = (value: number) => (little ? u32(value).reverse() : u32(value))
  const magic = { micro: 0xa1b2c3d4, nano: 0xa1b23c4d, modified: 0xa1b2cd34 }[kind]
  const half = little ? [2, 0, 4, 0] : [0, 2, 0, 4]
  const octets = [...word(magic), ...half, ...word(0), ...word(0), ...word(65_535), ...word(linkType)]
  for (const frame of frames) {
    const seconds = Math.floor(frame.timeMs / 1000)
    const fraction = Math.round((frame.timeMs - seconds * 1000) * (kind === 'nano' ? 1e6 : 1e3))
    octets.push(...word(seconds), ...word(fraction), ...word(frame.octets.length))
    octets.push(...word(frame.original ?? frame.octets.length))
    if (kind === 'modified') octets.push(0, 0, 0, 0, 0, 0, 0, 0)
    for (const octet of frame.octets) octets.push(octet)
  }
  return Uint8Array.from(octets)
}

/** An input held in memory, handed out in chunks of `chunk` octets. */
export function inputOf(bytes: Uint8Array, index = 0, chunk = 1 << 16, path = `file-${index}`): InputFile {
  return {
    index,
    label: path,
    path,
    async *chunks() {
      for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk)
    },
  }
}

export function newCounts(source = 'test'): InputCounts {
  return { source, packets: 0, messages: 0, queries: 0, responses: 0, rows: 0, malformed: {}, skipped: 0 }
}

/** Everything a row says, as text, input and position left out. */
export function rowText(batch: DnsBatch, row: number): string {
  const view = new RowView(batch, row)
  const { querySizeBytes, responseSizeBytes, roundTripMs, resolverPort, transport, vantage } = batch
  return [
    batch.timeMs[row],
    `${view.client}>${view.resolver}:${resolverPort[row]}`,
    `${view.qname}/${batch.qtype[row]}/${batch.qclass[row]}`,
    `flags ${batch.flags[row].toString(16)} rcode ${batch.rcode[row]} marks ${batch.marks[row].toString(2)}`,
    `size ${querySizeBytes[row]}/${responseSizeBytes[row]} trip ${roundTripMs[row]} via ${transport[row]}/${vantage[row]}`,
    `answers ${batch.answerCount[row]} ${batch.answerAddressOctets[row]} ${batch.answerHashLo[row]} ${view.targets}`,
    `labels ${batch.labelCount[row]} ttl ${batch.ttlMinSeconds[row]}`,
  ].join(' | ')
}

export interface Scan {
  rows: string[]
  counts: InputCounts[]
  /** One entry a row, for the columns tests ask about most. */
  facts: { qname: string; marks: number; input: number; position: number; roundTripMs: number; client: string }[]
}

/** Reads captures as one observation. */
export async function scan(files: readonly InputFile[], options: Partial<SourceOptions> = {}): Promise<Scan> {
  const inputs = files.map((file) => ({ file, counts: newCounts(file.label) }))
  const source = new CaptureSource(inputs, { ports: [], responseWaitMs: 5000, ...options })
  const result: Scan = { rows: [], counts: inputs.map((input) => input.counts), facts: [] }
  for await (const batch of source.read(new AbortController().signal)) {
    for (let row = 0; row < batch.rows; row++) {
      const view = new RowView(batch, row)
      result.rows.push(rowText(batch, row))
      result.facts.push({
        qname: view.qname,
        marks: batch.marks[row],
        input: batch.input[row],
        position: batch.position[row],
        roundTripMs: batch.roundTripMs[row],
        client: view.client,
      })
    }
  }
  return result
}

/** Reads Ethernet frames a millisecond apart, as one pcap file. */
export async function scanFrames(frames: readonly number[][]): Promise<Scan & { malformed: Record<string, number> }> {
  const result = await scan([inputOf(pcap(frames.map((octets, i) => ({ timeMs: 1000 + i, octets }))))])
  return { ...result, malformed: result.counts[0].malformed }
}
