import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ZEEK_ROWS, zeekLog } from '../logs/log.testing.ts'
import { findInputs } from './find-inputs.ts'

const root = mkdtempSync(join(tmpdir(), 'wakeful-find-'))
const at = (...parts: string[]) => join(root, ...parts)
const conn = '#separator \\x09\n#path\tconn\n#fields\tts\tuid\n1\tC\n'
afterAll(() => rmSync(root, { recursive: true }))

beforeAll(() => {
  mkdirSync(at('in', 'b', 'deep'), { recursive: true })
  mkdirSync(at('in', '.hidden'))
  writeFileSync(at('in', 'dns.log'), zeekLog(ZEEK_ROWS))
  writeFileSync(at('in', 'b', 'dns.log.gz'), gzipSync(zeekLog(ZEEK_ROWS.slice(1))))
  writeFileSync(at('in', 'b', 'copy.log'), zeekLog(ZEEK_ROWS))
  writeFileSync(at('in', 'b', 'deep', 'names.txt'), 'a.de\nb.de\n')
  writeFileSync(at('in', 'a'), '1,a.de\n2,b.de\n')
  writeFileSync(at('in', 'conn.log'), conn)
  writeFileSync(at('in', 'README'), 'Some words about what is in here, and why.\nAnd more of them.\n')
  writeFileSync(at('in', 'empty'), '')
  writeFileSync(at('in', 'features.csv'), 'FQDN_count,longest_word\n1,2\n')
  writeFileSync(at('in', '.hidden', 'dns.log'), zeekLog(ZEEK_ROWS))
  writeFileSync(at('in', '.dns.log'), zeekLog(ZEEK_ROWS))
  symlinkSync(at('in'), at('in', 'b', 'loop'))
  symlinkSync(at('in', 'dns.log'), at('in', 'link.log'))
  symlinkSync(at('in', 'gone'), at('in', 'broken'))
})

describe('findInputs', () => {
  it('walks folders in order, reads equal files once, and tells ours from others', async () => {
    const found = await findInputs([at('in')])
    expect(found.inputs.map(({ file, type }) => [file.index, file.label, type])).toEqual([
      [0, 'a', 'csv'],
      [1, 'b/copy.log', 'zeek-tsv'],
      [2, 'b/deep/names.txt', 'names'],
      [3, 'b/dns.log.gz', 'zeek-tsv'],
    ])
    expect(found.dropped.map(({ label, sameAs }) => [label, sameAs])).toEqual([
      ['link.log', 'dns.log'],
      ['dns.log', 'b/copy.log'],
    ])
    expect(found.skipped.map(({ label }) => label)).toEqual(['README', 'conn.log', 'empty', 'features.csv'])
    expect(found.zeekOthers).toBe(1)
    expect(found.failures).toEqual([{ label: at('in'), sentence: `${at('in', 'broken')} does not exist.` }])
  })

  it('keeps equal contents apart where asked, but never reads one file twice', async () => {
    const { inputs, dropped } = await findInputs([at('in'), at('in', 'dns.log')], { dedupeContent: false })
    expect(inputs.map(({ file }) => file.label)).toEqual([
      'a',
      'b/copy.log',
      'b/deep/names.txt',
      'b/dns.log.gz',
      'dns.log',
    ])
    expect(dropped.map(({ label }) => label)).toEqual(['dns.log', 'link.log'])
  })

  it('gives the same ranks for any order of arguments', async () => {
    const args = [at('in', 'dns.log'), at('in', 'b'), at('in', 'a')]
    const ranks = async (list: string[]) =>
      (await findInputs(list)).inputs.map(({ file }) => [file.index, file.label, file.path])
    expect(await ranks([...args].reverse())).toEqual(await ranks(args))
  })

  it('reports what it was told to read and cannot', async () => {
    const found = await findInputs([
      at('nope'),
      at('in', 'README'),
      at('in', 'conn.log'),
      at('in', 'empty'),
      at('in', 'a'),
    ])
    expect(found.inputs).toHaveLength(1)
    expect(found.failures.map(({ sentence }) => sentence)).toEqual([
      `${at('nope')} does not exist.`,
      `${at('in', 'README')} is text, but no log, table or list of names that this version knows.`,
      `${at('in', 'conn.log')} is Zeek's conn log, not its dns log.`,
      `${at('in', 'empty')} is empty.`,
    ])
    expect(found.zeekOthers).toBe(0)
    const features = await findInputs([at('in', 'features.csv')])
    expect(features.failures[0].sentence).toContain('holds legacy features, not names; use `wakeful inspect`.')
  })

  it('reads standard input once, however often it is named', async () => {
    const stdin = Readable.from([Buffer.from(zeekLog(ZEEK_ROWS))])
    const found = await findInputs(['-', '-'], { stdin })
    expect(found.inputs.map(({ file, type }) => [file.label, type])).toEqual([['-', 'zeek-tsv']])
    expect(found.dropped).toHaveLength(1)
  })

  it('believes --type', async () => {
    const found = await findInputs([at('in', 'README')], { type: 'names' })
    expect(found.inputs[0].type).toBe('names')
  })
})
