import { type BitShape, createBitEncoder } from './bit-encoder.ts'

/** Bits of the fields of a UUID that version 4 leaves free (RFC 9562 5.4): 122 of 128. */
const FIELDS = [16, 16, 16, 12, 14, 16, 16, 16]

/** What telemetry asks too. */
export const uuidShape = createBitEncoder({
  name: 'uuid-shape',
  description: '122 bits as a UUID of version 4 in one label.',
  payloadOctetsAName: 15.2,
  write(bits) {
    const [a, b, c, d, e, f, g, h] = FIELDS.map((size) => bits.take(size))
    const hex = (value: number) => value.toString(16).padStart(4, '0')
    return [`${hex(a)}${hex(b)}-${hex(c)}-${hex(0x4000 | d)}-${hex(0x8000 | e)}-${hex(f)}${hex(g)}${hex(h)}`]
  },
  read([label], sink) {
    const groups = label.replaceAll('-', '').match(/.{4}/g) ?? []
    for (const [i, group] of groups.entries()) sink.put(Number.parseInt(group, 16) % 2 ** FIELDS[i], FIELDS[i])
  },
} satisfies BitShape)
