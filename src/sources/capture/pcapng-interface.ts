import { fileUint16, fileUint32 } from './octets.ts'

const OPTION_END = 0
const OPTION_TSRESOL = 9
const OPTION_TSOFFSET = 14

/** What an Interface Description Block says about the packets that follow. */
export interface PcapngInterface {
  readonly linkType: number
  readonly snapLength: number
  readonly ticksPerSecond: number
  readonly offsetSeconds: number
}

/**
 * Reads the body of an Interface Description Block, `bytes[at..end)`, block header and trailer left out.
 *
 * ```
 * link type 2 | reserved 2 | snap length 4 | options: code 2, length 2, value padded to 4 octets, ...
 * ```
 * draft-ietf-opsawg-pcapng 4.2. `if_tsresol` is a negative power of 10, or of 2 with the top bit set; `if_tsoffset`
 * are seconds to add. Options that run past the block end the list; the body must have 8 octets.
 */
export function readInterface(bytes: Uint8Array, at: number, end: number, little: boolean): PcapngInterface {
  let ticksPerSecond = 1e6
  let offsetSeconds = 0
  for (let option = at + 8; option + 4 <= end; ) {
    const code = fileUint16(bytes, option, little)
    const length = fileUint16(bytes, option + 2, little)
    const value = option + 4
    if (code === OPTION_END || value + length > end) break
    if (code === OPTION_TSRESOL && length >= 1) {
      const exponent = bytes[value] & 0x7f
      ticksPerSecond = bytes[value] & 0x80 ? 2 ** exponent : 10 ** exponent
    } else if (code === OPTION_TSOFFSET && length >= 8) {
      const first = fileUint32(bytes, value, little)
      const second = fileUint32(bytes, value + 4, little)
      const high = (little ? second : first) | 0
      offsetSeconds = high * 2 ** 32 + (little ? first : second)
    }
    option = value + length + (-length & 3)
  }
  return {
    linkType: fileUint16(bytes, at, little),
    snapLength: fileUint32(bytes, at + 4, little),
    ticksPerSecond,
    offsetSeconds,
  }
}

/**
 * Milliseconds since 1970 of a 64-bit count of ticks.
 *
 * Nanoseconds since 1970 pass 2^53, so seconds and rest are parted by long division in base 2^16 first: the same
 * instant then gives the same number whatever the file's resolution. Resolutions finer than 2^-37 s are not worth it.
 */
export function ticksToMs(high: number, low: number, ticksPerSecond: number, offsetSeconds: number): number {
  if (ticksPerSecond > 2 ** 37) return ((high * 2 ** 32 + low) / ticksPerSecond + offsetSeconds) * 1000
  const head = high % ticksPerSecond
  let seconds = ((high - head) / ticksPerSecond) * 2 ** 32
  const middle = head * 65536 + (low >>> 16)
  let rest = middle % ticksPerSecond
  seconds += ((middle - rest) / ticksPerSecond) * 65536
  const last = rest * 65536 + (low & 0xffff)
  rest = last % ticksPerSecond
  seconds += (last - rest) / ticksPerSecond
  return (seconds + offsetSeconds) * 1000 + (rest * 1000) / ticksPerSecond
}
