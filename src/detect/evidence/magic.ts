/** First octets by which a kind of file is known, and what must hold behind them where they are few. */
interface Magic {
  readonly name: string
  readonly octets: readonly number[]
  holds?(bytes: Uint8Array): boolean
}

const text = (latin1: string) => [...Buffer.from(latin1, 'latin1')]

/** Strongest first; the short ones are checked further, or one file in a thousand of noise would be a zip. */
const MAGICS: readonly Magic[] = [
  { name: 'PNG', octets: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { name: 'OpenSSH key', octets: text('openssh-key-v1\0') },
  { name: 'OpenSSH key', octets: text('-----BEGIN OPENSSH PRIVATE KEY') },
  { name: 'PEM', octets: text('-----BEGIN ') },
  { name: 'PDF', octets: text('%PDF-') },
  { name: 'ZIP', octets: [0x50, 0x4b, 0x03, 0x04], holds: (bytes) => bytes[4] <= 63 && bytes[5] <= 19 },
  { name: 'ELF', octets: [0x7f, 0x45, 0x4c, 0x46], holds: (bytes) => inside(bytes[4], 1, 2) && inside(bytes[5], 1, 2) },
  { name: 'JPEG', octets: [0xff, 0xd8, 0xff], holds: (bytes) => inside(bytes[3], 0xc0, 0xfe) },
  { name: 'gzip', octets: [0x1f, 0x8b, 0x08], holds: (bytes) => bytes[3] < 0x20 && [0, 2, 4].includes(bytes[8]) },
  { name: 'DOS/PE', octets: [0x4d, 0x5a], holds: isDosHeader },
]

/** Kind of file these octets begin, by the table above; zlib is not among them, since it takes inflating to know. */
export function findMagic(bytes: Uint8Array): string | null {
  for (const { name, octets, holds } of MAGICS) {
    if (bytes.length < octets.length + 6) continue
    if (octets.every((octet, i) => bytes[i] === octet) && (holds?.(bytes) ?? true)) return name
  }
  return null
}

function inside(value: number, least: number, most: number): boolean {
  return value >= least && value <= most
}

/** MZ: octets in the last page below 512, a header of 2 to 64 paragraphs, no overlay (PE format, section 2). */
function isDosHeader(bytes: Uint8Array): boolean {
  return (
    bytes.length >= 28 &&
    bytes[3] < 2 &&
    bytes[9] === 0 &&
    inside(bytes[8], 2, 64) &&
    bytes[26] === 0 &&
    bytes[27] === 0
  )
}
