/** Deepest nesting handed to JSON.parse: a log nests two or three, and a hostile line 100,000. */
export const JSON_DEPTH_MAX = 64

/** Whether the brackets of a JSON text, those inside strings left out, never nest deeper than `max`. */
export function depthWithin(bytes: Uint8Array, start: number, end: number, max: number): boolean {
  let depth = 0
  let inString = false
  for (let i = start; i < end; i++) {
    const octet = bytes[i]
    if (inString) {
      if (octet === 0x5c) i++
      else if (octet === 0x22) inString = false
    } else if (octet === 0x22) inString = true
    else if (octet === 0x7b || octet === 0x5b) {
      if (++depth > max) return false
    } else if (octet === 0x7d || octet === 0x5d) depth--
  }
  return true
}
