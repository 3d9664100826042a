import type { Detected } from './input-type.ts'

/** First octets in hex of kinds we meet and read, or know by name and do not. */
const MAGICS: readonly (readonly [hex: string, result: Detected])[] = [
  // libpcap: micro- and nanoseconds, Kuznetzov's modified format, each in both byte orders
  ...['a1b2c3d4', 'd4c3b2a1', 'a1b23c4d', '4d3cb2a1', 'a1b2cd34', '34cdb2a1'].map(
    (hex) => [hex, { type: 'pcap' }] as const,
  ),
  ['0a0d0d0a', { type: 'pcapng' }],
  ['504b0304', notYet('a zip archive')],
  ['fd377a585a00', notYet('compressed with xz')],
  ['28b52ffd', notYet('compressed with zstd')],
  ['425a68', notYet('compressed with bzip2')],
  ['04224d18', notYet('compressed with lz4')],
  ['377abcaf271c', notYet('a 7z archive')],
  ['1f8b', { type: 'unknown', reason: 'is gzip inside gzip: unpack it once.' }],
  ['7f454c46', { type: 'unknown', reason: 'is a program (ELF), not DNS traffic.' }],
  ['4d5a9000', { type: 'unknown', reason: 'is a program (PE), not DNS traffic.' }],
  ['456c6646696c6500', notYet('a Windows event log (evtx)')],
  ['53514c69746520666f726d6174203300', notYet('an SQLite database')],
  ['50415231', notYet('a Parquet file')],
  ['25504446', { type: 'unknown', reason: 'is a PDF document, not DNS traffic.' }],
  ['89504e47', { type: 'unknown', reason: 'is a PNG image, not DNS traffic.' }],
  ['ffd8ff', { type: 'unknown', reason: 'is a JPEG image, not DNS traffic.' }],
  ['fffe', { type: 'unknown', reason: 'is UTF-16 text: convert it to UTF-8 first.' }],
  ['feff', { type: 'unknown', reason: 'is UTF-16 text: convert it to UTF-8 first.' }],
]

/** Share of control octets past which content is not text: a NUL here and there survives in damaged logs. */
const CONTROL_SHARE_MAX = 0.05

function notYet(what: string): Detected {
  return { type: 'unknown', reason: `is ${what}, which this version does not read yet.` }
}

/** Captures and other binary content by their first octets; undefined where it may be text. */
export function detectBinary(head: Uint8Array): Detected | undefined {
  if (head.length === 0) return { type: 'empty', reason: 'is empty.' }
  const hex = Buffer.from(head.subarray(0, 16)).toString('hex')
  for (const [magic, result] of MAGICS) if (hex.startsWith(magic)) return result
  // Frame Streams: an escape (length 0), a length, and START (2) or READY (4); what is inside is told when it is read.
  if (/^0{8}[0-9a-f]{8}0000000[24]/.test(hex)) return { type: 'dnstap' }
  let controls = 0
  for (const octet of head)
    if (octet < 0x20 && octet !== 9 && octet !== 10 && octet !== 13 && octet !== 0x1b) controls++
  // A file with a Zeek header is one, however many octets of it were overwritten.
  if (controls <= head.length * CONTROL_SHARE_MAX || head[0] === 0x23 || head[0] === 0x7b) return undefined
  return { type: 'unknown', reason: 'is encrypted or binary of an unknown kind.' }
}
