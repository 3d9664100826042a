import { BlockList, isIP } from 'node:net'

/** Networks that are not the public Internet (IANA's special-purpose registries, RFC 6890 and later). */
const PRIVATE_4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4'],
]
/** Among them those in which an address of version 4 is wrapped: mapped, compatible, NAT64, 6to4, Teredo. */
const PRIVATE_6 = [
  ...['::/96', '::ffff:0:0/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32'],
  ...['2002::/16', '3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
]
/** Where clouds answer questions for secrets: refused whatever is allowed. */
const METADATA = ['169.254.169.254/32', '169.254.170.2/32', '100.100.100.200/32', 'fd00:ec2::254/128']
const MAPPED = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/i

/** Says of an address why nothing is sent there; nothing where it may be. */
export type AddressGuard = (address: string) => string | undefined

/**
 * The guard against requests that somebody else wants us to make (SSRF): nothing is sent to an address that is not public, unless its
 * network is allowed, and never to the addresses at which clouds give away secrets. It is asked about the address that is connected
 * to, not about a name: a name may point elsewhere by then (DNS rebinding).
 */
export function addressGuard(allowed: readonly string[]): AddressGuard {
  const isPrivate = inNetworks([...PRIVATE_4, ...PRIVATE_6])
  const isMetadata = inNetworks(METADATA)
  const isAllowed = inNetworks(allowed)
  return (text) => {
    const address = unmapped(text)
    if (isIP(address) === 0) return `${text} is no address`
    if (isMetadata(address)) return `${text} is where a cloud keeps its secrets`
    if (!isPrivate(address) || isAllowed(address)) return undefined
    return `${text} is no public address, and its network is not among those allowed`
  }
}

/** `::ffff:a.b.c.d` is a.b.c.d to whoever connects. */
function unmapped(text: string): string {
  const address = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  const [, dotted, high, low] = MAPPED.exec(address) ?? []
  if (dotted !== undefined) return dotted
  if (high === undefined) return address
  const value = Number.parseInt(high, 16) * 0x10000 + Number.parseInt(low, 16)
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join('.')
}

function inNetworks(networks: readonly string[]): (address: string) => boolean {
  // One list a version: Node's own holds a mapped address to be in 4 and 6 at once.
  const lists = { 4: new BlockList(), 6: new BlockList() }
  for (const network of networks) {
    const [address, bits] = network.split('/')
    const version = isIP(address) as 0 | 4 | 6
    if (version === 0) throw new RangeError(`${network} is no network`)
    const most = version === 6 ? 128 : 32
    lists[version].addSubnet(address, bits === undefined ? most : Number(bits), version === 6 ? 'ipv6' : 'ipv4')
  }
  return (address) => {
    const version = isIP(address) as 4 | 6
    return lists[version].check(address, version === 6 ? 'ipv6' : 'ipv4')
  }
}
