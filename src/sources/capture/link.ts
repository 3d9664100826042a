import { uint16, uint32 } from './octets.ts'

const ETHERNET = 1
const SLL = 113
const SLL2 = 276

const IPV4 = 0x0800
const IPV6 = 0x86dd
const PPPOE_SESSION = 0x8864

/** VLAN tags looked through; a deeper stack is hostile. */
const TAGS_MAX = 4

/**
 * Link types (https://www.tcpdump.org/linktypes.html) with an IP packet at a fixed or simple place: null, Ethernet,
 * PPP, raw (BSD, OpenBSD, Linux), loop, Linux cooked 1 and 2, IPv4, IPv6.
 */
const KNOWN = new Uint8Array(SLL2 + 1)
for (const linkType of [0, ETHERNET, 9, 12, 14, 101, 108, SLL, 228, 229, SLL2]) KNOWN[linkType] = 1

/** Names of the link types people meet and we do not read. */
const NAMES: Record<number, string> = {
  [-1]: 'interface-unknown',
  6: 'link-token-ring',
  104: 'link-cisco-hdlc',
  105: 'link-802.11',
  119: 'link-802.11-prism',
  127: 'link-802.11-radiotap',
  163: 'link-802.11-avs',
  187: 'link-bluetooth',
  189: 'link-usb-linux',
  195: 'link-802.15.4',
  201: 'link-bluetooth',
  220: 'link-usb-linux',
  239: 'link-nflog',
  249: 'link-usb-windows',
  253: 'link-netlink',
}

/** Whether packets of this link type are read. */
export function isKnownLink(linkType: number): boolean {
  return linkType >= 0 && linkType <= SLL2 && KNOWN[linkType] === 1
}

/** A reason to count packets of an unknown link type under. */
export function linkName(linkType: number): string {
  return NAMES[linkType] ?? `link-${linkType}`
}

/**
 * Where the IP packet starts in a frame of a known link type, or -1 where it holds none (ARP, a cut header, ...).
 * Padding behind it stays: IP's own length tells where the packet ends.
 */
export function findIp(linkType: number, bytes: Uint8Array, start: number, end: number): number {
  switch (linkType) {
    case ETHERNET:
      return start + 14 > end ? -1 : afterEthertype(bytes, start + 12, end)
    case SLL:
      // packet type 2 | hardware type 2 | address length 2 | address 8 | protocol 2
      return start + 16 > end ? -1 : afterEthertype(bytes, start + 14, end)
    case SLL2:
      // protocol 2 | reserved 2 | interface 4 | hardware type 2 | packet type 1 | address length 1 | address 8
      return start + 20 > end || !isIp(uint16(bytes, start)) ? -1 : start + 20
    case 0:
    case 108:
      return afterFamily(bytes, start, end)
    case 9:
      return afterPpp(bytes, start, end)
    default:
      return start
  }
}

function isIp(ethertype: number): boolean {
  return ethertype === IPV4 || ethertype === IPV6
}

/**
 * ```
 * 802.1Q:  0x8100 | priority, VLAN 2 | ethertype 2      802.1ad: 0x88a8 (or 0x9100) outside
 * PPPoE:   0x8864 | version, type 1 | code 1 | session 2 | length 2 | PPP protocol 2        RFC 2516
 * LLC:     length 2 (<= 1500) | AA AA 03 00 00 00 | ethertype 2                             RFC 1042
 * ```
 */
function afterEthertype(bytes: Uint8Array, at: number, end: number): number {
  let ethertype = uint16(bytes, at)
  at += 2
  for (let tags = 0; ethertype === 0x8100 || ethertype === 0x88a8 || ethertype === 0x9100; tags++) {
    if (tags === TAGS_MAX || at + 4 > end) return -1
    ethertype = uint16(bytes, at + 2)
    at += 4
  }
  if (isIp(ethertype)) return at
  if (ethertype === PPPOE_SESSION) return at + 6 > end ? -1 : afterPpp(bytes, at + 6, end)
  if (ethertype <= 1500 && at + 8 <= end && uint32(bytes, at) === 0xaaaa0300 && uint16(bytes, at + 4) === 0) {
    return isIp(uint16(bytes, at + 6)) ? at + 8 : -1
  }
  return -1
}

/** BSD loopback: address family 4, in the order of the capturing machine; `loop` in network order. IPv6 is 10 to 30. */
function afterFamily(bytes: Uint8Array, start: number, end: number): number {
  if (start + 4 > end) return -1
  const network = uint32(bytes, start)
  const family = network < 0x100 ? network : bytes[start]
  return family === 2 || (family >= 10 && family <= 30) ? start + 4 : -1
}

/** `FF 03` (may be left out) | protocol 2 (its first octet may be left out where zero): RFC 1661 2 and 6.5. */
function afterPpp(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  if (at + 4 > end) return -1
  if (bytes[at] === 0xff && bytes[at + 1] === 0x03) at += 2
  const short = (bytes[at] & 1) === 1
  const protocol = short ? bytes[at] : uint16(bytes, at)
  return protocol === 0x21 || protocol === 0x57 ? at + (short ? 1 : 2) : -1
}
