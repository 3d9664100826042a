import { deflate } from './deflate.ts'
import { joinOctets, latin1, octets32 } from './octets.ts'

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, octet) => {
  let rest = octet
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1
  return rest >>> 0
})

/** CRC-32 as PNG, gzip and ZIP use it (RFC 1952 8). */
export function crc32(octets: Uint8Array): number {
  let crc = 0xffffffff
  for (const octet of octets) crc = CRC_TABLE[(crc ^ octet) & 255] ^ (crc >>> 8)
  return ~crc >>> 0
}

function adler32(octets: Uint8Array): number {
  let a = 1
  let b = 0
  for (const octet of octets) {
    a = (a + octet) % 65_521
    b = (b + a) % 65_521
  }
  return ((b << 16) | a) >>> 0
}

function little(value: number, octets: number): Uint8Array {
  return Uint8Array.from({ length: octets }, (_, i) => value >>> (8 * i))
}

/** zlib (RFC 1950); the second octet says the level, 0x9c default or 0xda best, and changes nothing else. */
export function zlib(octets: Uint8Array, level: 0x9c | 0xda = 0x9c): Uint8Array {
  return joinOctets(Uint8Array.of(0x78, level), deflate(octets), octets32(adler32(octets)))
}

/** gzip (RFC 1952) without a name or time, from Unix. */
export function gzip(octets: Uint8Array): Uint8Array {
  const header = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3)
  return joinOctets(header, deflate(octets), little(crc32(octets), 4), little(octets.length, 4))
}

/** A ZIP archive of one file, dated 1980-01-01 (APPNOTE 4.3.6). */
export function zip(name: string, octets: Uint8Array): Uint8Array {
  const packed = deflate(octets)
  const facts = joinOctets(
    Uint8Array.of(20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0),
    little(crc32(octets), 4),
    little(packed.length, 4),
    little(octets.length, 4),
    little(name.length, 2),
    Uint8Array.of(0, 0),
  )
  const local = joinOctets(latin1('PK\x03\x04'), facts, latin1(name), packed)
  const central = joinOctets(latin1('PK\x01\x02\x14\x00'), facts, new Uint8Array(14), latin1(name))
  const counts = Uint8Array.of(0, 0, 0, 0, 1, 0, 1, 0)
  const end = joinOctets(latin1('PK\x05\x06'), counts, little(central.length, 4), little(local.length, 4), little(0, 2))
  return joinOctets(local, central, end)
}
