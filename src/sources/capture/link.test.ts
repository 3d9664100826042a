import { expect, it } from 'vitest'
import { parseAddress } from '../../batch/address.ts'
import { ethernet, inputOf, ipv4, ipv6, message, pcap, queryFrame, scan, u16, u32, udp } from './compose.testing.ts'
import { isMulticastDns } from './multicast.ts'

const V4 = ipv4(udp(40_000, 53, message()))
const V6 = ipv6(udp(40_000, 53, message()), 17)
const MAC = new Array<number>(12).fill(2)

it.each<[string, number, number[]]>([
  ['Ethernet', 1, ethernet(V4)],
  ['Ethernet, IPv6', 1, ethernet(V6, 0x86dd)],
  ['802.1Q', 1, [...MAC, ...u16(0x8100), ...u16(5), ...u16(0x0800), ...V4]],
  ['QinQ', 1, [...MAC, ...u16(0x88a8), ...u16(5), ...u16(0x8100), ...u16(6), ...u16(0x86dd), ...V6]],
  ['PPPoE', 1, [...MAC, ...u16(0x8864), 0x11, 0, ...u16(1), ...u16(V4.length + 2), 0, 0x21, ...V4]],
  ['LLC and SNAP', 1, [...MAC, ...u16(V4.length + 8), 0xaa, 0xaa, 3, 0, 0, 0, ...u16(0x0800), ...V4]],
  ['null, little-endian', 0, [2, 0, 0, 0, ...V4]],
  ['null, big-endian', 0, [0, 0, 0, 30, ...V6]],
  ['loop', 108, [0, 0, 0, 24, ...V6]],
  ['raw 12', 12, V4],
  ['raw 14', 14, V4],
  ['raw 101', 101, V6],
  ['IPv4', 228, V4],
  ['IPv6', 229, V6],
  ['Linux cooked', 113, [...new Array<number>(14).fill(0), ...u16(0x0800), ...V4]],
  [
    'Linux cooked with a VLAN tag',
    113,
    [...new Array<number>(14).fill(0), ...u16(0x8100), 0, 1, ...u16(0x0800), ...V4],
  ],
  ['Linux cooked 2', 276, [...u16(0x86dd), 0, 0, ...u32(3), ...new Array<number>(12).fill(0), ...V6]],
  ['PPP', 9, [0xff, 0x03, 0x00, 0x21, ...V4]],
  ['PPP, compressed', 9, [0x57, ...V6]],
])('%s (link type %i)', async (_name, linkType, octets) => {
  // Whole first, then cut at every place.
  const frames = octets.map((_, i) => ({ timeMs: 1, octets: octets.slice(0, octets.length - i) }))
  const { facts, counts } = await scan([inputOf(pcap(frames, { linkType }))])
  expect(facts[0].qname).toBe('a.example')
  // 15 octets of name and 4 of type and class can go before the header does.
  expect(counts[0]).toMatchObject({ packets: octets.length, messages: 16 })
})

it('a capture of another link type has a sentence for the user, and counts by its name', async () => {
  const { counts } = await scan([inputOf(pcap([{ timeMs: 1, octets: queryFrame() }], { linkType: 127 }))])
  expect(counts[0].failure).toBe('file-0 holds no packet of a link type that is read (link-802.11-radiotap).')
  expect(counts[0]).toMatchObject({ packets: 1, skipped: 1, malformed: { 'link-802.11-radiotap': 1 } })
})

it('knows the groups of multicast DNS and link-local name resolution', () => {
  const octets = new Uint8Array(16)
  const is = (text: string) => parseAddress(text, octets, 0) && isMulticastDns(octets)
  expect(['224.0.0.251', '224.0.0.252', 'ff02::fb', 'ff02::1:3'].every(is)).toBe(true)
  expect(['224.0.0.1', '10.0.0.251', 'ff02::1', 'ff05::fb', 'ff02::1:4', '::e000:fb', '224.1.0.251'].some(is)).toBe(
    false,
  )
})
