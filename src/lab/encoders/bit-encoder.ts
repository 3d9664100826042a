import { composeName, prefixesUnder } from '../names.ts'
import { QTYPE } from '../qtypes.ts'
import { assertLabZone } from '../zone.ts'
import { BitSink, BitStream } from './bit-stream.ts'
import type { EncodedName, Encoder } from './encoder.ts'

/** A name shape filled from a stream of bits; the shape never changes with the payload's length. */
export interface BitShape {
  readonly name: string
  readonly description: string
  readonly payloadOctetsAName: number
  /** Labels of the next name. */
  write(bits: BitStream, random: () => number): string[]
  /** The same bits back. */
  read(labels: readonly string[], sink: BitSink): void
}

/** An encoder that asks A for one shape after the other until the payload is out. */
export function createBitEncoder(shape: BitShape): Encoder {
  const { name, description, payloadOctetsAName } = shape
  return {
    name,
    description,
    payloadOctetsAName,
    encode(payload, zone, random) {
      assertLabZone(zone)
      const bits = new BitStream(payload)
      const names: EncodedName[] = []
      while (!bits.ended) {
        const qname = composeName(shape.write(bits, random), zone)
        names.push({ qname, qtype: QTYPE.A, payloadOctets: bits.finished() })
      }
      return names
    },
    decode(names, zone) {
      const sink = new BitSink()
      for (const labels of prefixesUnder(names, zone)) shape.read(labels, sink)
      return sink.payload()
    },
  }
}
