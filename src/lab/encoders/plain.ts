import { composeName, cut, prefixesUnder } from '../names.ts'
import { cutOctets, joinOctets } from '../octets.ts'
import { QTYPE } from '../qtypes.ts'
import { assertLabZone, prefixRoom } from '../zone.ts'
import type { Encoder } from './encoder.ts'
import type { Symbols } from './symbols.ts'

export interface PlainShape {
  readonly name: string
  readonly description: string
  readonly symbols: Symbols
  readonly payloadOctetsAName: number
  /** Payload octets in every name but the last; as many as the name holds where it is missing. */
  readonly octets?: number
  /** Longest label, 63 where it is missing. */
  readonly labelOctets?: number
}

/** The simplest of all: the payload's next octets as text in front of the zone, nothing else. */
export function createPlainEncoder(shape: PlainShape): Encoder {
  const { name, description, payloadOctetsAName, symbols, labelOctets = 63 } = shape
  return {
    name,
    description,
    payloadOctetsAName,
    encode(payload, zone) {
      assertLabZone(zone)
      const size = shape.octets ?? octetsThatFit(symbols, prefixRoom(zone), labelOctets)
      return cutOctets(payload, size).map((octets) => {
        const qname = composeName(cut(symbols.encode(octets), labelOctets), zone)
        return { qname, qtype: QTYPE.A, payloadOctets: octets.length }
      })
    },
    decode(names, zone) {
      return joinOctets(...prefixesUnder(names, zone).map((labels) => symbols.decode(labels.join(''))))
    },
  }
}

/** Most octets whose text, cut in labels, takes no more than `room` on the wire. */
export function octetsThatFit(symbols: Symbols, room: number, labelOctets: number): number {
  let octets = 0
  const wire = (length: number) => length + Math.ceil(length / labelOctets)
  while (wire(symbols.lengthOf(octets + 1)) <= room) octets++
  return octets
}
