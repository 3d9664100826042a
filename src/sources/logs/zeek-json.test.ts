import { describe, expect, it } from 'vitest'
import { readContent, ZEEK_ROWS, zeekLog } from './log.testing.ts'
import { openZeekJson, openZeekTsv } from './open-log.ts'

const read = (content: Uint8Array | string, chunkOctets?: number) =>
  readContent(content, openZeekJson, undefined, chunkOctets)

/** What Zeek writes in JSON for a row it writes in columns. */
function jsonOf(row: string, fields: readonly string[]): string {
  const cells = row.split(' ')
  const entries = fields.flatMap((field, i): [string, unknown][] => {
    const cell = cells[i]
      .replaceAll('~', ' ')
      .replace(/\\x([0-9a-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    if (cell === '-') return []
    if (/^(AA|TC|RD|RA|rejected)$/.test(field)) return [[field, cell === 'T']]
    if (field === 'answers') return [[field, cell.startsWith('TXT') ? [cell] : cell.split(',')]]
    if (field === 'TTLs') return [[field, cell.split(',').map(Number)]]
    return [[field, /^[\d.]+$/.test(cell) && !/^id.*h$/.test(field) ? Number(cell) : cell]]
  })
  return JSON.stringify(Object.fromEntries(entries))
}

describe('ZeekJsonSource', () => {
  it('gives the rows of the same log in columns', async () => {
    const log = zeekLog(ZEEK_ROWS)
    const fields = log.split('\n')[6].split('\t').slice(1)
    const columns = await readContent(log, openZeekTsv)
    const json = await read(ZEEK_ROWS.map((row) => jsonOf(row, fields)).join('\n'))
    const strip = ({ position: _, ...row }: (typeof json.rows)[number]) => row
    expect(json.rows.map(strip)).toEqual(columns.rows.map(strip))
    expect({ ...json.counts }).toEqual({ ...columns.counts })
  })

  it('reads nested ids, times as text and rows without what makes a whole log', async () => {
    const { rows } = await read(
      '{"ts":"2023-01-28T13:26:02.5Z","id":{"orig_h":"10.0.0.1","resp_h":"ff02::fb","resp_p":5353},"query":"a.de"}\n' +
        '{"ts":"2023-01-28 14:26:02,25+01:00","query":"b.de","qtype_name":"TXT","rcode_name":"NXDOMAIN"}\n',
    )
    expect(rows[0]).toMatchObject({ timeMs: Date.UTC(2023, 0, 28, 13, 26, 2, 500), client: '10.0.0.1', transport: 3 })
    expect(rows[0].marks).toEqual(['query', 'hasClient', 'namesOnly'])
    expect(rows[1]).toMatchObject({ timeMs: Date.UTC(2023, 0, 28, 13, 26, 2, 250), qtype: 16, rcode: 3 })
    expect(rows[1].marks).toEqual(['query', 'response'])
  })

  it('keeps octets that are not UTF-8, and tells replaced ones', async () => {
    const line = (name: string, encoding: BufferEncoding) => Buffer.from(`{"ts":1,"query":"${name}"}\n`, encoding)
    const { rows } = await read(
      Buffer.concat([
        line('\xff\xfe.de', 'latin1'),
        line('ü.de', 'utf8'),
        line('\ufffd.de', 'utf8'),
        line('\\\\xff.de', 'utf8'),
      ]),
    )
    expect(rows.map((row) => row.qname)).toEqual(['\\255\\254.de', '\\195\\188.de', '\\239\\191\\189.de', '\\255.de'])
    expect(rows.map((row) => row.marks.includes('nameLossy'))).toEqual([false, false, true, false])
  })

  it('skips other logs of the same stream', async () => {
    const { rows, counts } = await read('{"_path":"conn","ts":1,"uid":"C"}\n{"_path":"dns","ts":1,"query":"a.de"}\n')
    expect(rows).toHaveLength(1)
    expect(counts.skipped).toBe(1)
  })
})

describe('L5: JSON', () => {
  it('__proto__ and constructor are keys like any other', async () => {
    const { rows, counts } = await read(
      '{"__proto__":{"query":"evil.de","ts":1},"constructor":{"prototype":{"query":"x"}},"ts":1,"query":"a.de"}\n' +
        '{"ts":2,"__proto__":{"query":"evil.de"}}\n{"ts":3,"query":"b.de","toString":1,"hasOwnProperty":2}\n',
    )
    expect(rows.map((row) => row.qname)).toEqual(['a.de', 'b.de'])
    expect(counts.skipped).toBe(1)
    expect(({} as { query?: string }).query).toBeUndefined()
  })

  it('depth 100,000 is refused before it is parsed', async () => {
    const deep = `{"ts":1,"query":"a.de","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    const fine = `{"ts":1,"query":"b.de","x":${'['.repeat(60)}${']'.repeat(60)},"y":"${'['.repeat(1000)}\\"{{"}`
    const { rows, counts } = await read(`${deep}\n${'{"a":'.repeat(100_000)}\n${fine}\n`)
    expect(rows.map((row) => row.qname)).toEqual(['b.de'])
    expect(counts.malformed).toEqual({ 'json-depth': 2 })
  })

  it('duplicate keys, 1e400, lone surrogates and values of other types are survived', async () => {
    const { rows, counts } = await read(
      [
        '{"ts":1,"query":"first.de","query":"last.de"}',
        '{"ts":1e400,"query":"never.de"}',
        '{"ts":2,"query":"a\\ud800b.de","rtt":1e400,"TTLs":[1e400,null,5]}',
        '{"ts":3,"query":["x"],"answers":"y"}',
        '{"ts":4,"query":"c.de","answers":[null,{},7,"192.0.2.1"],"TTLs":{},"rcode":"0","qtype":"A","id.orig_h":{}}',
        '[1,2]',
        'null',
        '{"ts":5',
        '',
        '   ',
      ].join('\n'),
    )
    expect(rows.map((row) => row.qname)).toEqual(['last.de', 'a\\239\\191\\189b.de', 'c.de'])
    expect(rows[1].ttlMinSeconds).toBe(5)
    expect(rows[2]).toMatchObject({ answers: 1, addressOctets: 4, rcode: 0, qtype: 0, client: '' })
    expect(counts.malformed).toEqual({ 'time-invalid': 1, 'json-invalid': 3 })
    expect(counts.skipped).toBe(1)
  })
})
