import { joinOctets, octets16 } from '../octets.ts'

/** Where a datagram comes from or goes to: an IPv4 address and a port. */
export interface Endpoint {
  /** Dotted decimal. */
  readonly address: string
  readonly port: number
}

const ETHERTYPE_IPV4 = 0x0800
const PROTOCOL_UDP = 17
const TTL = 64
const DONT_FRAGMENT = 0x4000

/**
 * A UDP datagram in IPv4 in an Ethernet frame (RFC 768, RFC 791), with its checksums.
 *
 * ```
 * | destination 6 | source 6 | 0800 | IPv4 header 20 | ports 4 | length 2 | checksum 2 | payload |
 * ```
 */
export function udpFrame(from: Endpoint, to: Endpoint, identification: number, payload: Uint8Array): Uint8Array {
  const [source, destination] = [addressOctets(from.address), addressOctets(to.address)]
  const udpOctets = 8 + payload.length
  const ports = joinOctets(octets16(from.port), octets16(to.port), octets16(udpOctets))
  const pseudo = joinOctets(source, destination, Uint8Array.of(0, PROTOCOL_UDP), octets16(udpOctets))
  // A sum of zero is sent as all ones: zero means none was made (RFC 768).
  const sum = checksum(joinOctets(pseudo, ports, octets16(0), payload)) || 0xffff
  const head = joinOctets(
    Uint8Array.of(0x45, 0),
    octets16(20 + udpOctets),
    octets16(identification),
    octets16(DONT_FRAGMENT),
    Uint8Array.of(TTL, PROTOCOL_UDP),
  )
  const ip = joinOctets(
    head,
    octets16(checksum(joinOctets(head, octets16(0), source, destination))),
    source,
    destination,
  )
  return joinOctets(mac(destination), mac(source), octets16(ETHERTYPE_IPV4), ip, ports, octets16(sum), payload)
}

export function addressOctets(address: string): Uint8Array {
  return Uint8Array.from(address.split('.'), Number)
}

/** A locally administered address of the host. */
function mac(address: Uint8Array): Uint8Array {
  return joinOctets(Uint8Array.of(0x02, 0), address)
}

/** The Internet checksum (RFC 1071). */
function checksum(octets: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < octets.length; at += 2) sum += (octets[at] << 8) | (octets[at + 1] ?? 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}
