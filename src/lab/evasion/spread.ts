import { joinOctets } from '../octets.ts'
import { words } from '../words.ts'
import { createTransform, wireName } from './transform.ts'

const DOMAINS = 50

/** Registered domains that look like bought ones. Rows hold them, nobody ever asks for them. */
const rotated: readonly string[] = Array.from(
  { length: DOMAINS },
  (_, i) => `${words[i * 31]}${words[2047 - i * 37]}.com`,
)
const wires = rotated.map(wireName)

/** The attacker who bought fifty domains: each of them hears a fiftieth. An old name asked again keeps its domain. */
export const spreadOver50 = createTransform(
  'spread-50',
  `The tunnel takes ${DOMAINS} registered domains in turn.`,
  (rows) => {
    const known = new Map<string, Uint8Array>()
    return rows.map((row) => {
      const domain = known.get(row.key) ?? wires[known.size % DOMAINS]
      known.set(row.key, domain)
      return { ...row, name: joinOctets(row.prefix, domain), prefixOctets: row.prefix.length }
    })
  },
  () => rotated,
)
