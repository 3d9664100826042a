import { gzipSync } from 'node:zlib'
import { message, octets, pointer, question, record, u16 } from '../../src/dns/message.testing.ts'
import { ZEEK_ROWS, zeekLog } from '../../src/sources/logs/log.testing.ts'

const bytesOf = (...texts: readonly string[]) => texts.map((text) => new Uint8Array(Buffer.from(text)))

export const ZEEK_TSV = bytesOf(
  zeekLog(ZEEK_ROWS),
  zeekLog(['1598549224.8 a.de', '1598549225.1 b\\x2e\\x00.de'], 'ts query') + zeekLog(ZEEK_ROWS.slice(2)),
)

const jsonLine = (query: string) =>
  `{"ts":1600000000.25,"uid":"C1","id.orig_h":"10.0.0.7","id.resp_h":"2001:db8::1","id.resp_p":53,"proto":"udp",` +
  `"query":${JSON.stringify(query)},"qtype":16,"rcode":0,"AA":false,"TC":false,"RD":true,"rtt":0.02,` +
  `"answers":["x.de","192.0.2.1","TXT 5 hello"],"TTLs":[5.0,6.0]}\n`
export const ZEEK_JSON = bytesOf(
  jsonLine('n1.a.de') + jsonLine('a\\xff\\x2e.de'),
  jsonLine('ü.de').replace('"ts"', '"nested":{"a":[1,{"b":null}]},"ts"') + jsonLine('x"y.de'),
)

export const CSV = bytesOf(
  'time,client,domain,qtype\n1600000000,10.0.0.1,n1.a.de,TXT\n1600000001,2001:db8::1,"n2.a.de",28\r\n',
  '\ufeff"QName";Timestamp\r\n"a ""b"".de";2024-05-06T07:08:09Z\r\nc.de;2024-05-06 07:08:10\r\n',
  '1,google.com\n2,youtube.com\n3,"two\r\nlines.com"\n',
)

const eve = (dns: string, side = '"src_port":4000,"dest_port":53') =>
  `{"timestamp":"2026-11-22T11:06:24.000001+0000","flow_id":7,"event_type":"dns","src_ip":"10.0.0.5",` +
  `"dest_ip":"2001:db8::1",${side},"proto":"UDP","dns":${dns}}\n`
export const EVE = bytesOf(
  eve('{"type":"query","id":9,"rrname":"n1.a.de","rrtype":"TXT"}') +
    eve('{"type":"answer","id":9,"rrname":"n1.a.de","rrtype":"TXT","rdata":"hello","ttl":5,"rcode":"NOERROR"}'),
  eve('{"version":3,"type":"request","id":9,"queries":[{"rrname":"a\\\\xff.de","rrtype":"A"}]}') +
    eve('{"version":3,"type":"response","id":9,"queries":[{"rrname":"a\\\\xff.de"}],"answers":[{"rdata":"b.de"}]}'),
)

export const BIND = bytesOf(
  '2026-11-22T11:06:24.678 queries: info: client @0x7f 10.0.0.1#53924 (a.de): query: a\\255\\.b.de IN NULL +E(0)T (10.0.0.2)\n',
  'Nov 22 11:06:26 ns1 named[77]: client @0x1 2001:db8::1#1 (c.de): view in: query: c.de CH TYPE65 -\r\n',
)
export const UNBOUND = bytesOf(
  '[1700000010] unbound[1:0] info: 10.0.0.1 a?.de. A IN\n[1700000010] unbound[1:0] info: 10.0.0.1 a?.de. A IN NXDOMAIN 0.1 0 9\n',
  'Nov 22 11:06:24 host unbound[8141]: [8141:0] reply: ::1 b.de. MX IN NOERROR 2.500000 0 40\n',
)
export const DNSMASQ = bytesOf(
  'Nov 22 11:06:24 dnsmasq[8139]: 1 10.0.0.1/53 query[A] a.de from 10.0.0.1\n' +
    'Nov 22 11:06:24 dnsmasq[8139]: 1 10.0.0.1/53 reply a.de is <CNAME>\nNov 22 11:06:24 dnsmasq[8139]: 1 10.0.0.1/53 reply b.de is 192.0.2.1\n',
  'Feb 29 11:06:24 dnsmasq[1]: query[type=65] x y from fe80::1\nFeb 29 11:06:24 dnsmasq[1]: gravity blocked x y is 0.0.0.0\n',
)
export const DNSDIST = bytesOf('[1795345649.86384514] Packet from [::1]:48191 for a\\188.de. TYPE10 with id 13568\n')
export const COREDNS = bytesOf(
  '2026-11-22T11:06:24Z stdout F [INFO] 10.0.0.1:40212 - 507 "TXT IN a.de. tcp 29 false 512" NXDOMAIN qr,rd,ra 68 0.001s\n',
)

export const NAMES = bytesOf('a.de\nwww.example.co.uk\n\\046x\\\\.example\n', 'bücher.example\r\n_dmarc.a.de.\n')

export const NAME_TEXTS = bytesOf(
  'www.example.co.uk.',
  'a\\.b\\\\c\\000\\255.example',
  'x\\x2e\\x00y.compute.amazonaws.com',
  `${`${'a'.repeat(63)}.`.repeat(3)}${'b'.repeat(61)}`,
  '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa',
  '4.3.2.1.in-addr.arpa',
  'bücher.example',
)

export const GZIPS: readonly Uint8Array[] = [
  gzipSync(NAMES[0]),
  gzipSync(Buffer.alloc(300_000, 'www.example.de\n')),
  Buffer.concat([gzipSync(CSV[0]), gzipSync(ZEEK_TSV[0])]),
  gzipSync(ZEEK_JSON[0], { level: 0 }),
]

/** DNS messages: each record type with inner lengths, pointers, EDNS, mDNS, an update. */
export const MESSAGES: readonly Uint8Array[] = [
  message(0x0100, [1, 0, 0, 0], question('abcdefgh.tunnel.example')),
  message(
    0x8180,
    [1, 4, 1, 1],
    question('a.b.example'),
    record(pointer(12), 5, octets([1, 99], pointer(14))),
    record(pointer(14), 15, octets(u16(10), [4, 109, 97, 105, 108], pointer(16))),
    record(pointer(12), 16, [5, 1, 2, 3, 4, 5, 0, 2, 7, 7]),
    record(pointer(12), 65, octets(u16(1), pointer(16), u16(1, 3), [2, 104, 50], u16(3, 2, 443))),
    record(pointer(16), 6, octets([2, 110, 115], pointer(16), [1, 114], pointer(16), Array(20).fill(1))),
    record([0], 41, octets(u16(10, 8), Array(8).fill(3), u16(8, 7, 1), [24, 0, 10, 1, 2], u16(12, 2, 0)), 1232),
  ),
  message(
    0x8180,
    [1, 5, 0, 0],
    question('x.example', 28),
    record(pointer(12), 28, Array(16).fill(9)),
    record(pointer(12), 29, Array(16).fill(1)),
    record(pointer(12), 47, octets('y.example', [0, 2, 0x40, 1])),
    record(pointer(12), 257, octets([0, 5], [...Buffer.from('issueca.example')])),
    record(pointer(12), 35, octets(u16(1, 2), [1, 65, 1, 66, 0], 'r.example')),
  ),
  message(
    0x8400,
    [0, 2, 0, 0],
    record('printer.local', 12, octets([1, 120], pointer(12)), 0x8001),
    record([0], 1, [10, 0, 0, 9]),
  ),
  message(0x2800, [1, 0, 1, 0], question('zone.example', 6), record(pointer(12), 255, [])),
  message(0x0000, [1, 1, 0, 0], question('x.example', 10), record(pointer(12), 33, octets(u16(1, 2, 3), pointer(14)))),
]
