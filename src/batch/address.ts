/** Octets 10 and 11 of an IPv4-mapped address are 0xff, all before them zero (RFC 4291 2.5.5.2). */
function isMapped(bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < 10; i++) if (bytes[start + i] !== 0) return false
  return bytes[start + 10] === 0xff && bytes[start + 11] === 0xff
}

/** Writes four IPv4 octets as an IPv4-mapped address of 16 octets. */
export function writeIpv4(source: Uint8Array, start: number, out: Uint8Array, at: number): void {
  for (let i = 0; i < 10; i++) out[at + i] = 0
  out[at + 10] = 0xff
  out[at + 11] = 0xff
  for (let i = 0; i < 4; i++) out[at + 12 + i] = source[start + i]
}

/**
 * Text of a 16-octet address: dotted quad for IPv4-mapped, RFC 5952 for the rest.
 *
 * @example
 * formatAddress(new Uint8Array(16), 0) // '::'
 */
export function formatAddress(bytes: Uint8Array, start: number): string {
  if (isMapped(bytes, start)) {
    return `${bytes[start + 12]}.${bytes[start + 13]}.${bytes[start + 14]}.${bytes[start + 15]}`
  }
  const groups: number[] = []
  for (let i = 0; i < 16; i += 2) groups.push(bytes[start + i] * 256 + bytes[start + i + 1])
  // RFC 5952 4.2.3: the longest run of two or more zero groups is shortened, the first of equals.
  let best = -1
  let bestLength = 1
  for (let i = 0; i < 8; i++) {
    let end = i
    while (end < 8 && groups[end] === 0) end++
    if (end - i > bestLength) {
      best = i
      bestLength = end - i
    }
    if (end > i) i = end
  }
  const hex = (from: number, to: number) =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':')
  return best < 0 ? hex(0, 8) : `${hex(0, best)}::${hex(best + bestLength, 8)}`
}

/**
 * Parses dotted-quad or RFC 4291 text into 16 octets at `at`; false, and nothing certain written, where it is neither.
 *
 * @example
 * parseAddress('192.0.2.1', new Uint8Array(16), 0) // true
 */
export function parseAddress(text: string, out: Uint8Array, at: number): boolean {
  const zone = text.indexOf('%')
  if (zone >= 0) text = text.slice(0, zone)
  if (text.length === 0 || text.length > 45) return false
  let tail: number[] = []
  const quad = /(?:^|:)(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (quad) {
    const octets = quad.slice(1).map(Number)
    if (octets.some((octet) => octet > 255)) return false
    if (!text.includes(':')) {
      writeIpv4(Uint8Array.from(octets), 0, out, at)
      return true
    }
    tail = [octets[0] * 256 + octets[1], octets[2] * 256 + octets[3]]
    text = text.slice(0, text.lastIndexOf(':') + 1)
    if (!text.endsWith('::')) text = text.slice(0, -1)
  }
  const halves = text.split('::')
  if (halves.length > 2) return false
  const head = parseGroups(halves[0])
  const rest = halves.length === 2 ? parseGroups(halves[1]) : []
  if (!head || !rest) return false
  const known = head.length + rest.length + tail.length
  if (halves.length === 2 ? known > 7 : known !== 8) return false
  const groups = [...head, ...new Array<number>(8 - known).fill(0), ...rest, ...tail]
  for (let i = 0; i < 8; i++) {
    out[at + 2 * i] = groups[i] >> 8
    out[at + 2 * i + 1] = groups[i] & 0xff
  }
  return true
}

function parseGroups(text: string): number[] | undefined {
  if (text === '') return []
  const groups: number[] = []
  for (const group of text.split(':')) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined
    groups.push(Number.parseInt(group, 16))
  }
  return groups
}
