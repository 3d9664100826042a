import type { Flow } from './flow.ts'
import { uint16, uint32 } from './octets.ts'

export const PROTOCOL_TCP = 6
export const PROTOCOL_UDP = 17

const HOP_BY_HOP = 0
const ROUTING = 43
const FRAGMENT = 44
const AUTHENTICATION = 51
const DESTINATION_OPTIONS = 60
/** Extension headers walked over; RFC 8200 4.1 allows seven. */
const EXTENSIONS_MAX = 12

/** Octets 8 to 11 of an IPv4-mapped address (RFC 4291 2.5.5.2), in this machine's order. */
const MAPPED_WORD = new Int32Array(Uint8Array.of(0, 0, 0xff, 0xff).buffer)[0]

/** What {@link readIp} found in the last packet; module state, so that no packet costs an object. */
export const ip = {
  version: 0,
  /** Protocol of the payload, behind IPv6 extension headers. */
  protocol: 0,
  /** Offset of the source address; the destination follows it. */
  addresses: 0,
  payloadStart: 0,
  /** End of the payload's captured octets. */
  payloadEnd: 0,
  /** Payload octets the header promises; more than were captured where {@link ip.cut}. */
  payloadLength: 0,
  /** Whether the capture ends before the packet does. */
  cut: false,
  /** Octets of the datagram before this fragment; with {@link ip.moreFragments} false and this 0 there is no other. */
  fragmentOffset: 0,
  moreFragments: false,
  identification: 0,
}

/**
 * Reads an IPv4 or IPv6 header at `start` into {@link ip}; false where there is none, or it contradicts itself.
 * Octets behind the packet's own length (Ethernet pads to 60) are left out; a length of 0, as segmentation offload and
 * jumbograms write it, means all that is there.
 */
export function readIp(bytes: Uint8Array, start: number, end: number): boolean {
  if (start >= end) return false
  const version = bytes[start] >> 4
  if (version === 4) return readIpv4(bytes, start, end)
  return version === 6 && readIpv6(bytes, start, end)
}

/**
 * ```
 * |Version|  IHL  |    TOS        |          Total Length         |
 * |         Identification        |0|D|M|     Fragment Offset     |
 * |      TTL      |    Protocol   |        Header Checksum        |
 * |                        Source Address                         |
 * |                     Destination Address                       |
 * ```
 * RFC 791 3.1. The checksum is not looked at: offload leaves it empty in captures of the sender.
 */
function readIpv4(bytes: Uint8Array, start: number, end: number): boolean {
  const header = (bytes[start] & 0x0f) * 4
  if (header < 20 || start + header > end) return false
  const total = uint16(bytes, start + 2) || end - start
  if (total < header) return false
  const fragment = uint16(bytes, start + 6)
  ip.version = 4
  ip.protocol = bytes[start + 9]
  ip.addresses = start + 12
  ip.fragmentOffset = (fragment & 0x1fff) * 8
  ip.moreFragments = (fragment & 0x2000) !== 0
  ip.identification = uint16(bytes, start + 4)
  setPayload(start + header, total - header, end)
  return true
}

/**
 * ```
 * |Version| Traffic Class |             Flow Label                |
 * |         Payload Length        |  Next Header  |   Hop Limit   |
 * |                    Source Address (128)                       |
 * |                  Destination Address (128)                    |
 * extension: next header 1 | length 1, in 8 octets, the first left out (authentication: in 4, two left out) | ...
 * fragment:  next header 1 | reserved 1 | offset 13, 2 reserved, M | identification 4
 * ```
 * RFC 8200 3 and 4. A fragment header with offset 0 and no M ("atomic", RFC 6946) is no fragment.
 */
function readIpv6(bytes: Uint8Array, start: number, end: number): boolean {
  if (start + 40 > end) return false
  const declaredEnd = start + 40 + (uint16(bytes, start + 4) || end - start - 40)
  const limit = Math.min(declaredEnd, end)
  ip.version = 6
  ip.addresses = start + 8
  ip.fragmentOffset = 0
  ip.moreFragments = false
  const at = walkExtensions(bytes, start + 40, limit, bytes[start + 6])
  if (at < 0) return false
  setPayload(at, declaredEnd - at, end)
  return true
}

/**
 * Walks over extension headers from `at` on, the first of them of type `next`; sets the protocol behind them and what
 * a fragment header says, and returns where the payload starts, or -1. Stops behind the header of a real fragment: its
 * payload may go on with extension headers, to be walked once the datagram is whole.
 */
export function walkExtensions(bytes: Uint8Array, at: number, end: number, next: number): number {
  for (let i = 0; isExtension(next); i++) {
    if (i === EXTENSIONS_MAX || at + 8 > end) return -1
    const header = next
    next = bytes[at]
    if (header === FRAGMENT) {
      const fragment = uint16(bytes, at + 2)
      ip.fragmentOffset = fragment & 0xfff8
      ip.moreFragments = (fragment & 1) !== 0
      ip.identification = uint32(bytes, at + 4)
      at += 8
      if (ip.fragmentOffset > 0 || ip.moreFragments) break
    } else {
      at += header === AUTHENTICATION ? (bytes[at + 1] + 2) * 4 : (bytes[at + 1] + 1) * 8
    }
  }
  ip.protocol = next
  return at > end ? -1 : at
}

function isExtension(next: number): boolean {
  return (
    next === HOP_BY_HOP ||
    next === ROUTING ||
    next === FRAGMENT ||
    next === DESTINATION_OPTIONS ||
    next === AUTHENTICATION
  )
}

function setPayload(start: number, length: number, end: number): void {
  ip.payloadStart = start
  ip.payloadLength = length
  ip.cut = start + length > end
  ip.payloadEnd = ip.cut ? end : start + length
}

/** Copies the addresses of the packet read last, as 16 octets each. */
export function copyAddresses(bytes: Uint8Array, flow: Flow): void {
  const at = ip.addresses
  if (ip.version === 4) {
    copyIpv4(bytes, at, flow.source, flow.sourceWords)
    copyIpv4(bytes, at + 4, flow.destination, flow.destinationWords)
    return
  }
  const { source, destination } = flow
  for (let i = 0; i < 16; i++) {
    source[i] = bytes[at + i]
    destination[i] = bytes[at + 16 + i]
  }
}

function copyIpv4(bytes: Uint8Array, at: number, address: Uint8Array, words: Int32Array): void {
  words[0] = 0
  words[1] = 0
  words[2] = MAPPED_WORD
  for (let i = 0; i < 4; i++) address[12 + i] = bytes[at + i]
}
