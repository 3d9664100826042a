import { composeName, prefixesUnder } from '../names.ts'
import { cutOctets, joinOctets } from '../octets.ts'
import { QTYPE } from '../qtypes.ts'
import { assertLabZone } from '../zone.ts'
import type { Encoder } from './encoder.ts'
import { base32Symbols } from './symbols.ts'

const OCTETS = 4

/** A counter keeps names from a cache and in order, so the receiver may lose and sort them; the price is a header. */
export const counter: Encoder = {
  name: 'counter',
  description: 'A decimal counter from 0, then 4 octets as a label of 7 characters (RFC 4648 6).',
  payloadOctetsAName: OCTETS,
  encode(payload, zone) {
    assertLabZone(zone)
    return cutOctets(payload, OCTETS).map((octets, count) => {
      const qname = composeName([String(count), base32Symbols.encode(octets)], zone)
      return { qname, qtype: QTYPE.A, payloadOctets: octets.length }
    })
  },
  decode(names, zone) {
    const parts = prefixesUnder(names, zone).sort((a, b) => Number(a[0]) - Number(b[0]))
    return joinOctets(...parts.map(([, text]) => base32Symbols.decode(text)))
  },
}
