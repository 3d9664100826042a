import { randomInteger } from '../../src/stats/random.ts'

/** Longest mutant: what one input can cost is bounded, so that slow means slow for its length. */
export const MUTANT_OCTETS_MAX = 64 * 1024

const latin1 = (text: string) => Buffer.from(text, 'latin1')

/** What breaks readers of numbers, names, tables and JSON; bad UTF-8 and what sinks must not act on. */
const INTERESTING: readonly Uint8Array[] = [
  ...[[0], [0x7f], [0x80], [0xff], [0, 0], [0xff, 0xff], [0x7f, 0xff, 0xff, 0xff], [0x80, 0, 0, 0]].map((octets) =>
    Uint8Array.from(octets),
  ),
  ...[[0xff, 0xff, 0xff, 0xff], [0xc0, 0x0c], [0xc0, 0x00], [0xff, 0xff, 0xff, 0x7f], [0x40], [0x3f]].map((octets) =>
    Uint8Array.from(octets),
  ),
  ...['"', '""', '\\', '\\x', '\\u', '\\ud800', '\t', '\n', '\r\n', ',', ';', '.', '..', '-', '(empty)', '\0'].map(
    latin1,
  ),
  ...['[[[[[[[[', '{"a":{"a":', ']', '}', '"__proto__":', '"constructor":', '1e400', '-0', 'NaN', '99999999999'].map(
    latin1,
  ),
  ...['#fields\t', '#separator \\x2c\n', '#types\tx\n', '\xef\xbb\xbf', '\xed\xa0\x80', '\xc3', '\x1f\x8b\x08'].map(
    latin1,
  ),
  ...['<img onerror=x>', '=cmd|x', '\x1b]0;x\x07', '\xe2\x80\xae', '\n\r\x1a\n', '\xd4\xc3\xb2\xa1'].map(latin1),
]

type Random = () => number
type Edit = (bytes: Buffer, other: Uint8Array, random: Random) => Uint8Array

/** A place in the bytes, or their end. */
const spot = (bytes: Uint8Array, random: Random) => randomInteger(random, bytes.length + 1)
const pick = <T>(of: readonly T[], random: Random): T => of[randomInteger(random, of.length)]
/** Short more often than long. */
const stretch = (random: Random) => 1 + Math.floor(2 ** (random() * 8))

const EDITS: readonly Edit[] = [
  function flipBits(bytes, _, random) {
    if (bytes.length > 0) bytes[randomInteger(random, bytes.length)] ^= 1 << randomInteger(random, 8)
    return bytes
  },
  function setOctet(bytes, _, random) {
    if (bytes.length > 0) bytes[randomInteger(random, bytes.length)] = randomInteger(random, 256)
    return bytes
  },
  function truncate(bytes, _, random) {
    return bytes.subarray(0, spot(bytes, random))
  },
  function remove(bytes, _, random) {
    const at = spot(bytes, random)
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + stretch(random))])
  },
  function splice(bytes, other, random) {
    return Buffer.concat([bytes.subarray(0, spot(bytes, random)), other.subarray(spot(other, random))])
  },
  function graft(bytes, other, random) {
    const at = spot(bytes, random)
    const from = spot(other, random)
    return Buffer.concat([bytes.subarray(0, at), other.subarray(from, from + stretch(random)), bytes.subarray(at)])
  },
  function repeat(bytes, _, random) {
    const at = spot(bytes, random)
    const chunk = bytes.subarray(at, at + stretch(random))
    // Seldom very often, which is how what grows faster than its input is found.
    const times = random() < 0.02 ? MUTANT_OCTETS_MAX : stretch(random) >> 2
    const room = Math.max(0, MUTANT_OCTETS_MAX - bytes.length)
    const copies = Math.min(times, Math.floor(room / Math.max(1, chunk.length)))
    return Buffer.concat([bytes.subarray(0, at), ...new Array<Buffer>(copies).fill(chunk), bytes.subarray(at)])
  },
  function editLength(bytes, _, random) {
    const width = pick([1, 2, 4], random)
    if (bytes.length < width) return bytes
    const at = randomInteger(random, bytes.length - width + 1)
    const little = random() < 0.5
    const max = 2 ** (8 * width) - 1
    const old = little ? bytes.readUIntLE(at, width) : bytes.readUIntBE(at, width)
    const left = bytes.length - at - width
    const value = pick(
      [0, 1, old - 1, old + 1, old + 4, old * 2, old >> 1, left, left + 1, left - 1, max, max - 3],
      random,
    )
    const fits = Math.min(max, Math.max(0, value))
    if (little) bytes.writeUIntLE(fits, at, width)
    else bytes.writeUIntBE(fits, at, width)
    return bytes
  },
  function insert(bytes, _, random) {
    const at = spot(bytes, random)
    return Buffer.concat([bytes.subarray(0, at), pick(INTERESTING, random), bytes.subarray(at)])
  },
  function overwrite(bytes, _, random) {
    const value = pick(INTERESTING, random)
    if (value.length <= bytes.length) bytes.set(value, randomInteger(random, bytes.length - value.length + 1))
    return bytes
  },
]

/**
 * One to five edits of an input: bits, octets, ends, splices of two, repeated chunks, length fields, values known to
 * break readers. The given arrays stay as they are; the same numbers give the same mutant.
 */
export function mutate(input: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let bytes: Uint8Array = Buffer.from(input)
  for (let edits = 1 + randomInteger(random, 5); edits > 0; edits--) {
    bytes = pick(EDITS, random)(Buffer.from(bytes), other, random).subarray(0, MUTANT_OCTETS_MAX)
  }
  // With nothing behind it: readers must not look past their input.
  return new Uint8Array(bytes)
}
