import { describe, expect, it } from 'vitest'
import { createRandom, randomInteger } from '../../stats/random.ts'
import { LINE_OCTETS_MAX, LineReader } from './line-reader.ts'
import { readContent, ZEEK_ROWS, zeekLog } from './log.testing.ts'
import { openNames, openZeekTsv } from './open-log.ts'

function linesOf(chunks: readonly Uint8Array[]): { lines: string[]; tooLong: number; numbers: number[] } {
  const reader = new LineReader()
  const lines: string[] = []
  const numbers: number[] = []
  const drain = () => {
    while (reader.next()) {
      lines.push(Buffer.from(reader.bytes.subarray(reader.start, reader.end)).toString('latin1'))
      numbers.push(reader.number)
    }
  }
  for (const chunk of chunks) {
    reader.feed(chunk)
    drain()
  }
  reader.finish()
  drain()
  return { lines, tooLong: reader.tooLong, numbers }
}

describe('LineReader', () => {
  it('reads the same lines however content is cut', () => {
    const text = Buffer.from('\xef\xbb\xbfone\r\n\ntwo\0\xff\n\r\nlast', 'latin1')
    const random = createRandom(5)
    for (let round = 0; round < 200; round++) {
      const chunks: Uint8Array[] = []
      for (let at = 0; at < text.length; ) {
        const end = at + 1 + randomInteger(random, 6)
        chunks.push(text.subarray(at, end), new Uint8Array(0))
        at = end
      }
      expect(linesOf(chunks)).toEqual({
        lines: ['one', '', 'two\0\xff', '', 'last'],
        tooLong: 0,
        numbers: [1, 2, 3, 4, 5],
      })
    }
  })

  it('has no line behind a last line feed', () => {
    expect(linesOf([Buffer.from('a\n')]).lines).toEqual(['a'])
    expect(linesOf([]).lines).toEqual([])
  })
})

describe('L1: lines', () => {
  it('longer than 1 MiB, or without an end, are skipped and counted', () => {
    const long = Buffer.alloc(LINE_OCTETS_MAX + 1, 'x')
    const full = Buffer.alloc(LINE_OCTETS_MAX, 'y')
    const lf = Buffer.from('\n')
    const whole = Buffer.concat([Buffer.from('a\n'), long, lf, full, lf, Buffer.from('b\n'), long, long, long])
    for (const size of [whole.length, 65_536, 999_983]) {
      const chunks: Uint8Array[] = []
      for (let at = 0; at < whole.length; at += size) chunks.push(whole.subarray(at, at + size))
      const { lines, tooLong } = linesOf(chunks)
      expect(lines.map((line) => line[0] + line.length)).toEqual(['a1', `y${LINE_OCTETS_MAX}`, 'b1'])
      expect(tooLong).toBe(2)
    }
  })

  it('with CRLF, BOM, NUL, invalid UTF-8 and no end are read, and the file goes on', async () => {
    const good = ZEEK_ROWS.map((row) => row.replaceAll(' ', '\t'))
    const log = Buffer.concat([
      Buffer.from(`\ufeff${zeekLog([ZEEK_ROWS[0]]).replaceAll('\n', '\r\n')}`),
      Buffer.from(`${good[1].replace('Missing', 'nul\0\xff')}\n`, 'latin1'),
      Buffer.from('\0\0\0\0\n'),
      Buffer.alloc(LINE_OCTETS_MAX * 2, 'x'),
      Buffer.from(`\n${good[2]}\n${good[3]}\n${good[0].slice(0, 60)}`),
    ])
    const { rows, counts } = await readContent(log, openZeekTsv, undefined, 100_000)
    expect(rows.map((row) => row.qname)).toEqual([
      'portal.example.com',
      'nul\\000\\255.Example.com',
      't.example.org',
      '_rfb._tcp.local',
    ])
    expect(counts.malformed).toEqual({ 'columns-missing': 2, 'line-too-long': 1 })
    expect(counts.failure).toBeUndefined()
  })

  it('of a list are as robust', async () => {
    const list = Buffer.from('\xef\xbb\xbfa.de\r\n\r\n# no\r\n b.de \t# b\nc..d\nx y\nz\xff.de\nw\\255.de', 'latin1')
    const { rows, counts } = await readContent(list, openNames, undefined, 3)
    expect(rows.map((row) => row.qname)).toEqual(['a.de', 'b.de', 'z\\255.de', 'w\\255.de'])
    expect(rows[0]).toMatchObject({ marks: ['query', 'namesOnly'], timeMs: Number.NaN, rcode: -1 })
    expect(counts.malformed).toEqual({ 'name-invalid': 2 })
  })
})
