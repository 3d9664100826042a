/**
 * Whether a 16-octet address is a group of mDNS (224.0.0.251, ff02::fb; RFC 6762 3) or of link-local name resolution
 * (224.0.0.252, ff02::1:3; RFC 4795 2).
 */
export function isMulticastDns(address: Uint8Array): boolean {
  if (address[0] === 0xff) {
    if (address[1] !== 0x02) return false
    for (let i = 2; i < 13; i++) if (address[i] !== 0) return false
    if (address[13] === 0) return address[14] === 0 && address[15] === 0xfb
    return address[13] === 1 && address[14] === 0 && address[15] === 3
  }
  if (address[12] !== 224 || address[13] !== 0 || address[14] !== 0) return false
  if (address[15] !== 251 && address[15] !== 252) return false
  return address[10] === 0xff && address[11] === 0xff && address[0] === 0
}
