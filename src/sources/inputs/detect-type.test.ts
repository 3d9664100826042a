import { describe, expect, it } from 'vitest'
import { ZEEK_ROWS, zeekLine, zeekLog } from '../logs/log.testing.ts'
import { detectType } from './detect-type.ts'

const detect = (content: string | Uint8Array) => detectType(Buffer.from(content as string))
const hex = (digits: string) => detectType(Buffer.from(digits.padEnd(64, '0'), 'hex'))

describe('detectType', () => {
  it('knows what is read', () => {
    for (const magic of ['d4c3b2a1', 'a1b2c3d4', '4d3cb2a1', 'a1b23c4d', '34cdb2a1'])
      expect(hex(magic).type).toBe('pcap')
    expect(hex('0a0d0d0a').type).toBe('pcapng')
    expect(detect(zeekLog(ZEEK_ROWS)).type).toBe('zeek-tsv')
    expect(detect(`\ufeff${zeekLog(ZEEK_ROWS).replaceAll('\n', '\r\n')}`).type).toBe('zeek-tsv')
    expect(detect('#fields\tts\tquery\n').type).toBe('zeek-tsv')
    expect(detect('{"ts":1,"uid":"C","query":"a.de"}\n{"ts":').type).toBe('zeek-json')
    expect(detect('{"ts":1,"uid":"C","trans_id":7}').type).toBe('zeek-json')
    expect(detect('domain,label\na.de,1\n').type).toBe('csv')
    expect(detect('"rank";"domain"\n1;"a;b.de"\n').type).toBe('csv')
    expect(detect('# hosts\na.de\n*.b.de\nlocalhost\n').type).toBe('names')
    expect(detect('a.de').type).toBe('names')
  })

  it('knows a piece of a Zeek log whose header was cut off, and which log it was', () => {
    expect(detect(ZEEK_ROWS.map(zeekLine).join('\n')).type).toBe('zeek-tsv')
    expect(detect(`half a line\t-\n${ZEEK_ROWS.map(zeekLine).join('\n')}`).type).toBe('zeek-tsv')
    const conn = '1514008735.526663 C 192.168.1.1 35161 255.255.255.255 10001 udp - - - - S0 T F 0 D 1 172 0 0 (empty)'
    expect(detect(`${zeekLine(conn)}\n`).type).toBe('zeek-conn')
    expect(detect(`${zeekLine(conn).replace('S0', 'XX')}\n`).type).toBe('zeek-other')
  })

  it('says what else a file is', () => {
    const reason = (result: ReturnType<typeof detect>) => [result.type, result.reason]
    expect(reason(detect(''))).toEqual(['empty', 'is empty.'])
    expect(reason(hex('504b0304'))).toEqual(['unknown', 'is a zip archive, which this version does not read yet.'])
    expect(hex('fd377a585a00').reason).toContain('xz')
    expect(hex('28b52ffd').reason).toContain('zstd')
    expect(hex('7f454c46').reason).toContain('ELF')
    expect(hex('456c6646696c6500').reason).toContain('evtx')
    expect(hex('1f8b08').reason).toContain('gzip inside gzip')
    const random = Uint8Array.from({ length: 4096 }, (_, i) => (i * 2654435761) >>> 13)
    expect(detect(random).reason).toBe('is encrypted or binary of an unknown kind.')
    expect(reason(detect('#path\thttp\n'))).toEqual(['zeek-other', "is Zeek's http log, not its dns log."])
    expect(reason(detect('#path\tconn\n'))).toEqual(['zeek-conn', "is Zeek's conn log, not its dns log."])
    expect(detect('{"_path":"ssl","ts":1,"uid":"C"}\n').reason).toBe("is Zeek's ssl log, not its dns log.")
    expect(detect('{\n  "a": 1\n}\n').type).toBe('unknown')
    expect(detect('{"a":'.repeat(100_000)).type).toBe('unknown')
    expect(detect('[1700.1] Packet of 10.0.0.1 for a.de. A\n').reason).toContain('is text')
    expect(detect('2026-11-22T11:02:37+0000 info: Knot DNS 3.2.6 starting\n').reason).toContain('mod-dnstap')
    expect(detect('# only\n\n').type).toBe('unknown')
  })
})
