/** DNS (RFC 1035), multicast DNS (RFC 6762), link-local multicast name resolution (RFC 4795). */
const STANDARD_PORTS = [53, 5353, 5355]

/** One octet a port, 1 where DNS is looked for. */
export type PortTable = Uint8Array

export function portTable(more: readonly number[]): PortTable {
  const table = new Uint8Array(65_536)
  for (const port of STANDARD_PORTS) table[port] = 1
  for (const port of more) table[port] = 1
  return table
}
