import { BlockList, isIP } from 'node:net'

/** Whether text is an address, or an address and the bits of it that count (`10.0.0.0/8`, `2001:db8::/32`). */
export function isClientScope(text: string): boolean {
  return parse(text) !== undefined
}

/** Whether an address lies in a scope. An address that is none lies nowhere. */
export function isInScope(address: string, scope: string): boolean {
  const parsed = parse(scope)
  const family = isIP(address)
  if (!parsed || family === 0) return false
  return parsed.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

function parse(text: string): BlockList | undefined {
  const [address, bits, ...more] = text.split('/')
  const family = isIP(address)
  if (family === 0 || more.length > 0) return undefined
  const list = new BlockList()
  const type = family === 6 ? 'ipv6' : 'ipv4'
  if (bits === undefined) {
    list.addAddress(address, type)
    return list
  }
  const most = family === 6 ? 128 : 32
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > most) return undefined
  list.addSubnet(address, Number(bits), type)
  return list
}
