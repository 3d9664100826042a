import { u32 } from '../capture/compose.testing.ts'

/** What a frame tells; addresses are 4 or 16 octets. */
export interface TapParts {
  readonly type?: number
  readonly protocol?: number
  readonly timeMs?: number
  readonly queryAddress?: readonly number[]
  readonly responseAddress?: readonly number[]
  readonly queryPort?: number
  readonly responsePort?: number
  readonly message: readonly number[] | Uint8Array
}

export function varint(value: number): number[] {
  const octets: number[] = []
  for (; value >= 0x80; value = Math.floor(value / 128)) octets.push((value % 128) | 0x80)
  return [...octets, value]
}

const number = (field: number, value: number) => [...varint(field * 8), ...varint(value)]
const octets = (field: number, value: ArrayLike<number>) => [
  ...varint(field * 8 + 2),
  ...varint(value.length),
  ...Array.from(value),
]

/** A dnstap message as octets of protocol buffers. */
export function tapped(parts: TapParts): number[] {
  const { type = 5, protocol = 1, timeMs = 1e12, queryPort = 40_000, responsePort = 53 } = parts
  const { queryAddress = [10, 0, 0, 5], responseAddress = [10, 0, 0, 53], message } = parts
  const query = type % 2 === 1
  const nanoseconds = Math.round((timeMs % 1000) * 1e6)
  const body = [
    ...number(1, type),
    ...number(2, queryAddress.length === 4 ? 1 : 2),
    ...number(3, protocol),
    ...octets(4, queryAddress),
    ...octets(5, responseAddress),
    ...number(6, queryPort),
    ...number(7, responsePort),
    ...number(query ? 8 : 12, Math.floor(timeMs / 1000)),
    ...varint((query ? 9 : 13) * 8 + 5),
    ...u32(nanoseconds).reverse(),
    ...octets(query ? 10 : 14, message),
  ]
  return [...octets(1, [118, 109]), ...octets(14, body), ...number(15, 1)]
}

export function frame(data: ArrayLike<number>): number[] {
  return [...u32(data.length), ...Array.from(data)]
}

export function control(type: number, content?: string): number[] {
  const text = content === undefined ? [] : [...Buffer.from(content)]
  const field = content === undefined ? [] : [...u32(1), ...u32(text.length), ...text]
  return [...u32(0), ...u32(4 + field.length), ...u32(type), ...field]
}

/** A file of Frame Streams with these frames; without `ends` its writer was killed. */
export function fstrm(frames: readonly (readonly number[])[], ends = true): Uint8Array {
  return Uint8Array.from([
    ...control(2, 'protobuf:dnstap.Dnstap'),
    ...frames.flatMap((data) => frame(data)),
    ...(ends ? control(3) : []),
  ])
}
