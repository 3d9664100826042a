import { QTYPE } from '../qtypes.ts'
import { reversedIpv4 } from './block-list.ts'
import { text } from './lookup.ts'
import { createShape } from './shape.ts'

/** `23028 | 216.90.108.0/24 | US | arin | 1998-09-25` comes back: a downlink of 50 octets for every name. */
export const originAs = createShape(
  'origin-as',
  'Team Cymru-like: which network a reversed IPv4 address belongs to, TXT.',
  'asn.example',
  (random) => ({ labels: [...reversedIpv4(random), 'origin'], qtype: QTYPE.TXT, ...text(50) }),
)
