/** DNS (RFC 1035), multicast DNS (RFC 6762), link-local multicast name resolution (RFC 4795). */
const STANDARD_PORTS = [53, 5353, 5355]

/** One bit a port, set where DNS is looked for: 8 KiB, so that random ports of clients find it in the nearest cache. */
export type PortTable = Uint8Array

export function portTable(more: readonly number[]): PortTable {
  const table = new Uint8Array(65_536 / 8)
  for (const port of [...STANDARD_PORTS, ...more]) table[port >> 3] |= 1 << (port & 7)
  return table
}

/** Whether DNS is looked for on the port. */
export function carriesDns(table: PortTable, port: number): boolean {
  return ((table[port >> 3] >> (port & 7)) & 1) === 1
}
