import { type BitShape, createBitEncoder } from './bit-encoder.ts'

/** What file reputation asks too; the last name is filled up, so that no length gives it away. */
export const md5Shape = createBitEncoder({
  name: 'md5-shape',
  description: '16 octets as one label of 32 hexadecimal digits, as a hash look-up has it.',
  payloadOctetsAName: 16,
  write: (bits) => [Array.from({ length: 32 }, () => bits.take(4).toString(16)).join('')],
  read([label], sink) {
    for (const digit of label) sink.put(Number.parseInt(digit, 16), 4)
  },
} satisfies BitShape)
