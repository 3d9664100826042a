/** Mnemonics of IANA's "Resource Record (RR) TYPEs", `NUMBER NAME`, as of 2025. */
const TYPES =
  '1 A 2 NS 3 MD 4 MF 5 CNAME 6 SOA 7 MB 8 MG 9 MR 10 NULL 11 WKS 12 PTR 13 HINFO 14 MINFO 15 MX 16 TXT 17 RP ' +
  '18 AFSDB 19 X25 20 ISDN 21 RT 22 NSAP 23 NSAP-PTR 24 SIG 25 KEY 26 PX 27 GPOS 28 AAAA 29 LOC 30 NXT 31 EID ' +
  '32 NIMLOC 33 SRV 34 ATMA 35 NAPTR 36 KX 37 CERT 38 A6 39 DNAME 40 SINK 41 OPT 42 APL 43 DS 44 SSHFP ' +
  '45 IPSECKEY 46 RRSIG 47 NSEC 48 DNSKEY 49 DHCID 50 NSEC3 51 NSEC3PARAM 52 TLSA 53 SMIMEA 55 HIP 56 NINFO ' +
  '57 RKEY 58 TALINK 59 CDS 60 CDNSKEY 61 OPENPGPKEY 62 CSYNC 63 ZONEMD 64 SVCB 65 HTTPS 66 DSYNC 67 HHIT ' +
  '68 BRID 99 SPF 100 UINFO 101 UID 102 GID 103 UNSPEC 104 NID 105 L32 106 L64 107 LP 108 EUI48 109 EUI64 ' +
  '128 NXNAME 249 TKEY 250 TSIG 251 IXFR 252 AXFR 253 MAILB 254 MAILA 255 ANY 256 URI 257 CAA 258 AVC 259 DOA ' +
  '260 AMTRELAY 261 RESINFO 262 WALLET 263 CLA 264 IPN 32768 TA 32769 DLV'

/** IANA's "DNS RCODEs", upper case as dig and Zeek write them; 16 is BADVERS with OPT, BADSIG with TSIG. */
const RCODES =
  '0 NOERROR 1 FORMERR 2 SERVFAIL 3 NXDOMAIN 4 NOTIMP 5 REFUSED 6 YXDOMAIN 7 YXRRSET 8 NXRRSET 9 NOTAUTH ' +
  '10 NOTZONE 11 DSOTYPENI 16 BADVERS 17 BADKEY 18 BADTIME 19 BADMODE 20 BADNAME 21 BADALG 22 BADTRUNC 23 BADCOOKIE'

const typeName = readTable(TYPES)
const typeNumber = invert(typeName)
const rcodeName = readTable(RCODES)
const rcodeNumber = invert(rcodeName)

/**
 * Mnemonic of a record type; `TYPE65280` (RFC 3597 5) where it has none.
 *
 * @example
 * formatType(16) // 'TXT'
 */
export function formatType(type: number): string {
  return typeName.get(type) ?? `TYPE${type}`
}

/**
 * Record type of a mnemonic in any case, `TYPE65280`, a plain number, or `*` for ANY; -1 where it is none of them.
 *
 * @example
 * parseType('https') // 65
 */
export function parseType(text: string): number {
  const upper = text.toUpperCase()
  if (upper === '*') return 255
  return typeNumber.get(upper) ?? parseNumber(upper, 'TYPE', 0xffff)
}

/** Mnemonic of an rcode, the extended ones included; `RCODE24` where it has none. */
export function formatRcode(rcode: number): string {
  return rcodeName.get(rcode) ?? `RCODE${rcode}`
}

/** Rcode (12 bits, RFC 6891 6.1.3) of a mnemonic in any case, `RCODE24`, or a plain number; -1 where it is none. */
export function parseRcode(text: string): number {
  const upper = text.toUpperCase()
  return rcodeNumber.get(upper) ?? parseNumber(upper, 'RCODE', 0xfff)
}

function parseNumber(text: string, prefix: string, max: number): number {
  const digits = text.startsWith(prefix) ? text.slice(prefix.length) : text
  if (!/^\d{1,5}$/.test(digits)) return -1
  return Number(digits) <= max ? Number(digits) : -1
}

function readTable(text: string): Map<number, string> {
  const words = text.split(' ')
  const table = new Map<number, string>()
  for (let i = 0; i < words.length; i += 2) table.set(Number(words[i]), words[i + 1])
  return table
}

function invert(names: Map<number, string>): Map<string, number> {
  return new Map([...names].map(([number, name]) => [name, number]))
}
