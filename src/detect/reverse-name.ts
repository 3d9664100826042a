/**
 * Reverse look-ups are names a resolver makes from an address, so their octets are no free choice of text; the address
 * still is one. They get a key an address range wide (an IPv4 /16, an IPv6 /32: what one holder may own whole) and a
 * cost by their form instead of their characters.
 */

/** Labels kept as the key: `in-addr.arpa` and two octets, `ip6.arpa` and eight nibbles. */
const V4_KEY_LABELS = 4
const V6_KEY_LABELS = 10

/** Results of the last {@link readReverseName}. */
export const reverse = { keyOffset: 0, bits: 0 }

const IN_ADDR = [7, ...Buffer.from('in-addr'), 4, ...Buffer.from('arpa')]
const IP6 = [3, ...Buffer.from('ip6'), 4, ...Buffer.from('arpa')]

function endsWith(name: Uint8Array, start: number, length: number, tail: number[]): boolean {
  if (length < tail.length) return false
  const at = start + length - tail.length
  for (let i = 0; i < tail.length; i++) {
    let octet = name[at + i]
    if (octet >= 0x41 && octet <= 0x5a) octet += 32
    if (octet !== tail[i]) return false
  }
  return true
}

function isOctetLabel(name: Uint8Array, at: number): boolean {
  const length = name[at]
  if (length < 1 || length > 3) return false
  let value = 0
  for (let i = at + 1; i <= at + length; i++) {
    if (name[i] < 0x30 || name[i] > 0x39) return false
    value = value * 10 + name[i] - 0x30
  }
  return value <= 255 && (length === 1 || name[at + 1] !== 0x30)
}

function isNibbleLabel(name: Uint8Array, at: number): boolean {
  if (name[at] !== 1) return false
  const octet = name[at + 1] | 32
  return (octet >= 0x30 && octet <= 0x39) || (octet >= 0x61 && octet <= 0x66)
}

/**
 * Whether the wire-form name is a well-formed reverse name longer than its key; if so {@link reverse} holds the offset
 * of its key within the name and the bits of address in front of it.
 *
 * Well-formed means: only octets 0 to 255 without leading zeros (at most four), or only nibbles (at most 32). Service
 * labels (`_dns-sd._udp.` RFC 6763 11) and RFC 2317 ranges are not, and are booked as ordinary names.
 *
 * @example
 * readReverseName(wire('4.3.2.1.in-addr.arpa'), 0, 22) // true; reverse.bits is 16
 */
export function readReverseName(name: Uint8Array, start: number, length: number): boolean {
  const v4 = endsWith(name, start, length, IN_ADDR)
  if (!v4 && !endsWith(name, start, length, IP6)) return false
  const end = start + length - (v4 ? IN_ADDR.length : IP6.length)
  let labels = 0
  for (let at = start; at < end; at += name[at] + 1) {
    if (!(v4 ? isOctetLabel(name, at) : isNibbleLabel(name, at))) return false
    labels++
  }
  if (labels > (v4 ? 4 : 32)) return false
  const beyondKey = labels + 2 - (v4 ? V4_KEY_LABELS : V6_KEY_LABELS)
  if (beyondKey <= 0) return false
  let at = start
  for (let i = 0; i < beyondKey; i++) at += name[at] + 1
  reverse.keyOffset = at - start
  reverse.bits = beyondKey * (v4 ? 8 : 4)
  return true
}
