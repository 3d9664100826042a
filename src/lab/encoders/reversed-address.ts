import { type BitShape, createBitEncoder } from './bit-encoder.ts'

/** The form of block-list questions (RFC 5782 2.1): indistinguishable one by one, so only its volume speaks. */
export const reversedAddress = createBitEncoder({
  name: 'reversed-address',
  description: '4 octets as the labels of a reversed IPv4 address.',
  payloadOctetsAName: 4,
  write: (bits) => Array.from({ length: 4 }, () => String(bits.take(8))).reverse(),
  read(labels, sink) {
    for (const label of [...labels].reverse()) sink.put(Number(label), 8)
  },
} satisfies BitShape)

/** The same for IPv6 (RFC 5782 2.4), four times the payload. */
export const reversedAddress6 = createBitEncoder({
  name: 'reversed-address6',
  description: '16 octets as the 32 nibble labels of a reversed IPv6 address.',
  payloadOctetsAName: 16,
  write: (bits) => Array.from({ length: 32 }, () => bits.take(4).toString(16)).reverse(),
  read(labels, sink) {
    for (const label of [...labels].reverse()) sink.put(Number.parseInt(label, 16), 4)
  },
} satisfies BitShape)
