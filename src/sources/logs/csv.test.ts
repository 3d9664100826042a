import { describe, expect, it } from 'vitest'
import { createRandom, randomInteger } from '../../stats/random.ts'
import { findCsvLayout } from './csv-layout.ts'
import { OPTIONS, readContent } from './log.testing.ts'
import { openCsv } from './open-log.ts'
import { RecordReader } from './record-reader.ts'

const read = (content: Uint8Array | string, column?: string, chunkOctets?: number) =>
  readContent(content, openCsv, column === undefined ? OPTIONS : { ...OPTIONS, column }, chunkOctets)
const namesOf = async (content: Uint8Array | string, column?: string) =>
  (await read(content, column)).rows.map((row) => row.qname)

describe('CsvSource', () => {
  it('reads names, times, clients and types where there are columns for them', async () => {
    const { rows, source } = await read(
      '\ufeffClient,Timestamp,"QName",qtype,label\r\n10.0.0.1,1598549224.5,a.de,TXT,0\r\n2001:db8::1,1598549225,b.de,28,1\r\n',
    )
    expect(source.timed).toBe(true)
    expect(rows[0]).toMatchObject({
      qname: 'a.de',
      client: '10.0.0.1',
      timeMs: 1598549224500,
      qtype: 16,
      vantage: 1,
      position: 2,
      marks: ['query', 'hasClient', 'namesOnly'],
    })
    expect(rows[1]).toMatchObject({ qname: 'b.de', client: '2001:db8::1', timeMs: 1598549225000, qtype: 28 })
  })

  it('unquotes as RFC 4180 says, line ends inside cells included, in chunks of any size', async () => {
    const table = 'note,domain\n"a ""b"", c",x.de\n"two\r\nlines","y.de"\n" z",  "w.de"\n'
    for (const size of [1, 2, 5, 1000]) {
      const { rows } = await read(table, undefined, size)
      expect(rows.map((row) => row.qname)).toEqual(['x.de', 'y.de', '"w.de"'])
    }
  })

  it('a name that begins with a quote swallows no rows', async () => {
    const { rows, counts } = await read('domain,n\n"evil.de,1\nb.de,2\n"evil2.de,3\nc.de,4\n')
    expect(rows.map((row) => row.qname)).toEqual(['"evil.de', 'b.de', '"evil2.de', 'c.de'])
    expect(counts.malformed).toEqual({ 'quote-invalid': 2 })
  })

  it('knows times in seconds, milliseconds, microseconds and ISO 8601', async () => {
    const at = Date.UTC(2024, 4, 6, 7, 8, 9)
    for (const time of [`${at / 1000}`, `${at}`, `${at}000`, '2024-05-06T07:08:09Z', '2024-05-06 09:08:09+02:00']) {
      const { rows, source } = await read(`time,domain\n${time},a.de\n`)
      expect([source.timed, rows[0].timeMs]).toEqual([true, at])
    }
    expect((await read('timeMs,domain\n1000,a.de\n')).rows[0].timeMs).toBe(1000)
  })

  it('has no times where those of the first rows are none, and skips later rows without', async () => {
    const untimed = await read('time,domain\n58:50.7,a.de\n')
    expect(untimed.source.timed).toBe(false)
    expect(untimed.rows[0].timeMs).toBeNaN()
    const { rows, counts } = await read(`time,domain\n${'1,a.de\n'.repeat(5)}x,b.de\n,c.de\n2024-02-31 00:00:00,d.de\n`)
    expect(rows).toHaveLength(5)
    expect(counts.malformed).toEqual({ 'time-invalid': 3 })
  })

  it('reads top lists without a header as names', async () => {
    expect(await namesOf('1,google.com\n2,youtube.com\n')).toEqual(['google.com', 'youtube.com'])
    expect(await namesOf('google.com;1\nyoutube.com;2\n')).toEqual(['google.com', 'youtube.com'])
  })

  it('skips its header wherever it comes again, empty names and short records, counted', async () => {
    const { rows, counts } = await read('# made by hand\nn,domain\n1,a.de\n\nn,domain\n2,\n3\n4,b..de\n5,lo?st.de\n')
    expect(rows.map((row) => [row.qname, row.marks.includes('nameLossy')])).toEqual([
      ['a.de', false],
      ['lo?st.de', true],
    ])
    expect(counts).toMatchObject({ skipped: 1, malformed: { 'columns-missing': 1, 'name-invalid': 1 } })
  })

  it('says in one sentence what a table lacks', () => {
    const layout = (text: string, column?: string) => findCsvLayout(Buffer.from(text), column)
    expect(layout('text,label\nx,0\n')).toBe(
      'has no column of names that we know; of its columns text, label, name the right one with --column.',
    )
    expect(layout('text,label\nx,0\n', 'nope')).toContain('has no column nope;')
    expect(layout('text,label\nx,0\n', 'TEXT')).toMatchObject({ name: 0 })
    expect(layout('timestamp,FQDN_count,entropy,longest_word,Target_Attack\n1,2,3,4,5\n')).toBe(
      'holds legacy features, not names; use `wakeful inspect`.',
    )
    expect(layout('')).toBe('holds no table.')
  })
})

describe('RecordReader', () => {
  it('cuts alike whatever the chunks, and never loses an octet outside quotes', () => {
    const random = createRandom(11)
    for (let round = 0; round < 300; round++) {
      const text = Buffer.from(Array.from({ length: 60 }, () => 'a",\n\r"b,\n'.charCodeAt(randomInteger(random, 10))))
      const cut = (size: number) => {
        const reader = new RecordReader(0x2c)
        const records: string[] = []
        const drain = () => {
          while (reader.next()) records.push(Buffer.from(reader.bytes.subarray(reader.start, reader.end)).toString())
        }
        for (let at = 0; at < text.length; at += size) {
          reader.feed(text.subarray(at, at + size))
          drain()
        }
        reader.finish()
        drain()
        return records
      }
      const whole = cut(1000)
      for (const size of [1, 3, 17]) expect(cut(size)).toEqual(whole)
      expect(whole.join('').replace(/[\n\r]/g, '')).toBe(text.toString().replace(/[\n\r]/g, ''))
    }
  })

  it('skips records past 1 MiB', () => {
    const reader = new RecordReader(0x2c)
    const records: number[] = []
    for (const chunk of [Buffer.alloc(900_000, 'x'), Buffer.alloc(900_000, 'x'), Buffer.from('\nab\n"cd')]) {
      reader.feed(chunk)
      while (reader.next()) records.push(reader.end - reader.start)
    }
    reader.finish()
    while (reader.next()) records.push(reader.end - reader.start)
    expect(records).toEqual([2, 3])
    expect(reader.tooLong).toBe(1)
  })
})
