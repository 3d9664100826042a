const BACKSLASH = 0x5c

/**
 * Copies a field of a Zeek log without its escapes (`\xHH`, and `\\` for a backslash) and returns the length;
 * `out` needs room for as many octets as there are. A backslash that starts no escape stands for itself.
 */
export function unescapeZeek(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  let to = at
  for (let i = start; i < end; i++) {
    let octet = bytes[i]
    if (octet === BACKSLASH && i + 1 < end) {
      if (bytes[i + 1] === BACKSLASH) i++
      else if (bytes[i + 1] === 0x78 && i + 3 < end) {
        const value = hexPair(bytes[i + 2], bytes[i + 3])
        if (value >= 0) {
          octet = value
          i += 3
        }
      }
    }
    out[to++] = octet
  }
  return to - at
}

function hexPair(high: number, low: number): number {
  const a = hexDigit(high)
  const b = hexDigit(low)
  return a < 0 || b < 0 ? -1 : a * 16 + b
}

function hexDigit(octet: number): number {
  if (octet >= 0x30 && octet <= 0x39) return octet - 0x30
  const lower = octet | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}
