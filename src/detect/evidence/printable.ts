/** Share of octets that are printable ASCII, white space, or part of well-formed UTF-8; 0 for none. */
export function printableShare(bytes: Uint8Array): number {
  let printable = 0
  for (let at = 0; at < bytes.length; ) {
    const octet = bytes[at]
    const length = sequenceLength(bytes, at)
    if (length > 1 || isPrintable(octet) || octet === 0x09 || octet === 0x0a || octet === 0x0d) printable += length
    at += length
  }
  return bytes.length === 0 ? 0 : printable / bytes.length
}

export function isPrintable(octet: number): boolean {
  return octet >= 0x20 && octet < 0x7f
}

/** Octets of the UTF-8 sequence at a place (RFC 3629), 1 where there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]
  const length = lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 1
  for (let i = 1; i < length; i++) if ((bytes[at + i] & 0xc0) !== 0x80) return 1
  return at + length <= bytes.length ? length : 1
}
