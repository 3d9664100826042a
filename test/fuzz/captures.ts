import {
  ethernet,
  ipv4,
  ipv6,
  message,
  pcap,
  queryFrame,
  response,
  responseFrame,
  tcp,
  u16,
  u32,
  udp,
} from '../../src/sources/capture/compose.testing.ts'
import { fstrm, tapped } from '../../src/sources/dnstap/compose.testing.ts'

const words = { big: u32, little: (value: number) => u32(value).reverse() }
type Order = keyof typeof words

const EXCHANGE = [queryFrame({ name: 'abcdefgh.tunnel.example' }), responseFrame({ name: 'abcdefgh.tunnel.example' })]
const frames = (octets: readonly number[][]) => octets.map((frame, i) => ({ timeMs: 1e12 + i * 7, octets: frame }))

function block(order: Order, type: number, body: readonly number[]): number[] {
  const word = words[order]
  const padded = [...body, ...new Array<number>(-body.length & 3).fill(0)]
  return [...word(type), ...word(padded.length + 12), ...padded, ...word(padded.length + 12)]
}

/** A section with an interface of each link type, and each frame on each of them, as enhanced and simple packets. */
function section(order: Order, linkTypes: readonly number[], resolution: number): number[] {
  const word = words[order]
  const half = (value: number) => (order === 'little' ? u16(value).reverse() : u16(value))
  const option = [...half(9), ...half(1), resolution, 0, 0, 0, ...half(0), ...half(0)]
  const version = [...half(1), ...half(0)]
  const blocks = [block(order, 0x0a0d0d0a, [...word(0x1a2b3c4d), ...version, ...new Array<number>(8).fill(0xff)])]
  for (const linkType of linkTypes) blocks.push(block(order, 1, [...half(linkType), 0, 0, ...word(0), ...option]))
  for (let face = 0; face < linkTypes.length; face++) {
    for (const octets of EXCHANGE) {
      const head = [
        ...word(face),
        ...word(380_000),
        ...word(face * 1000),
        ...word(octets.length),
        ...word(octets.length),
      ]
      blocks.push(block(order, 6, [...head, ...octets]))
    }
  }
  blocks.push(block(order, 3, [...word(EXCHANGE[0].length), ...EXCHANGE[0]]), block(order, 5, [...word(0), 1, 2, 3, 4]))
  return blocks.flat()
}

export const PCAPS: readonly Uint8Array[] = [
  pcap(frames(EXCHANGE)),
  pcap(frames(EXCHANGE), { little: false, kind: 'nano' }),
  pcap(frames(EXCHANGE), { kind: 'modified' }),
  pcap(frames([...EXCHANGE, ...EXCHANGE].map((frame) => frame.slice(14))), { linkType: 101 }),
]

export const PCAPNGS: readonly Uint8Array[] = [
  Uint8Array.from(section('little', [1], 6)),
  Uint8Array.from(section('big', [1, 101], 0x8a)),
  Uint8Array.from([...section('little', [1], 9), ...section('big', [113, 1], 3)]),
]

/** Frames with their link type, so that mutations hit packets and not the file around them. */
interface Frames {
  readonly linkType: number
  readonly octets: readonly (readonly number[])[]
}

/** link type (16) | per frame: length (16) | octets */
function packFrames({ linkType, octets }: Frames): Uint8Array {
  return Uint8Array.from([...u16(linkType), ...octets.flatMap((frame) => [...u16(frame.length), ...frame])])
}

/** Any octets as a capture of frames: what {@link packFrames} wrote, and whatever became of it. */
export function framesToPcap(bytes: Uint8Array): Uint8Array {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const head = pcap([])
  // Each frame takes its two octets of length here, and a header of 16 there.
  const out = Buffer.alloc(head.length + 16 * (bytes.length >> 1) + bytes.length)
  out.set(head)
  if (view.length >= 2) out.writeUInt32LE(view.readUInt16BE(0), 20)
  let to = head.length
  for (let at = 2, timeMs = 0; at + 2 <= view.length; timeMs = (timeMs + 1) % 1000) {
    const frame = view.subarray(at + 2, at + 2 + view.readUInt16BE(at))
    out.writeUInt32LE(1e9, to)
    out.writeUInt32LE(timeMs * 1000, to + 4)
    out.writeUInt32LE(frame.length, to + 8)
    out.writeUInt32LE(frame.length, to + 12)
    out.set(frame, to + 16)
    to += 16 + frame.length
    at += 2 + frame.length
  }
  return out.subarray(0, to)
}

const query = message({ name: 'abcdefgh.tunnel.example' })
const answer = response({ name: 'abcdefgh.tunnel.example' })
const datagram = udp(40_000, 53, query)
const back = { source: '10.0.0.53', destination: '10.0.0.5' }
const framed = (octets: number[]) => [...u16(octets.length), ...octets]
const twice = [...framed(query), ...framed(query)]
const segment = (payload: number[], sequence: number, flags = 0x10) =>
  ethernet(ipv4(tcp(40_001, 53, payload, { sequence, flags }), { protocol: 6 }))
const reply = (payload: number[], sequence: number) =>
  ethernet(ipv4(tcp(53, 40_001, payload, { sequence }), { protocol: 6, ...back }))
const packet = ipv4(datagram)

const v6 = [0x20, 1, 0x0d, 0xb8, ...new Array<number>(11).fill(0), 5]
export const DNSTAPS: readonly Uint8Array[] = [
  fstrm([tapped({ message: query }), tapped({ type: 6, timeMs: 1e12 + 20, message: answer })]),
  fstrm([tapped({ type: 7, protocol: 4, queryAddress: v6, responseAddress: v6, message: query })], false),
]

export const FRAMES: readonly Uint8Array[] = [
  { linkType: 1, octets: EXCHANGE },
  // TCP: handshake, pipelined, cut in a length prefix, out of order, an end.
  {
    linkType: 1,
    octets: [
      segment([], 99, 2),
      segment(twice.slice(0, 1), 100),
      segment(twice.slice(30), 130),
      segment(twice.slice(1, 30), 101),
      reply(framed(answer), 500),
      segment([], 100 + twice.length, 1),
    ],
  },
  // Fragments of IPv4, out of order.
  {
    linkType: 1,
    octets: [ethernet(ipv4(datagram.slice(24), { offset: 24 })), ethernet(ipv4(datagram.slice(0, 24), { more: true }))],
  },
  // IPv6: plain, with extension headers, a fragment.
  {
    linkType: 1,
    octets: [
      ethernet(ipv6(datagram, 17), 0x86dd),
      ethernet(ipv6([60, 0, 1, 4, 0, 0, 0, 0, 17, 0, 1, 4, 0, 0, 0, 0, ...datagram], 0), 0x86dd),
      ethernet(ipv6([17, 0, 0, 1, 0, 0, 0, 9, ...datagram.slice(0, 24)], 44), 0x86dd),
      ethernet(ipv6([17, 0, 0, 24, 0, 0, 0, 9, ...datagram.slice(24)], 44), 0x86dd),
    ],
  },
  // Tags on tags, PPPoE, LLC.
  {
    linkType: 1,
    octets: [
      ethernet([0, 5, 0x81, 0, 0, 6, 8, 0, ...packet], 0x88a8),
      ethernet([0x11, 0, 0, 1, ...u16(packet.length + 2), 0, 0x21, ...packet], 0x8864),
      ethernet([0xaa, 0xaa, 3, 0, 0, 0, 8, 0, ...packet], packet.length + 8),
    ],
  },
  { linkType: 113, octets: [[0, 0, 0, 1, 0, 6, ...new Array<number>(8).fill(2), 8, 0, ...packet]] },
  { linkType: 276, octets: [[8, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, ...new Array<number>(8).fill(2), ...packet]] },
  { linkType: 0, octets: [[2, 0, 0, 0, ...packet]] },
  { linkType: 108, octets: [[0, 0, 0, 2, ...packet]] },
  { linkType: 9, octets: [[0xff, 3, 0, 0x21, ...packet]] },
  { linkType: 101, octets: [packet, ipv6(datagram, 17)] },
].map(packFrames)

/** A gap in a stream, and fragments that overlap. */
export const FLAWED_FRAMES: readonly Uint8Array[] = [
  { linkType: 1, octets: [segment(framed(query), 100), segment(twice, 4000), segment([], 4000 + twice.length, 1)] },
  {
    linkType: 1,
    octets: [
      ethernet(ipv4(datagram.slice(0, 32), { more: true, id: 8 })),
      ethernet(ipv4(datagram.slice(24), { offset: 24, id: 8 })),
    ],
  },
].map(packFrames)
