import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadDetectionModel } from '../detect/load-detection-model.ts'
import { openSources } from '../sources/index.ts'
import { findInputs } from '../sources/inputs/find-inputs.ts'
import { openInput } from '../sources/inputs/open-input.ts'
import { featureTable } from './feature-table.ts'
import { labelRule } from './label-rule.ts'
import { readLegacyCsv } from './legacy-csv.ts'
import { temporaryFolder, writeLog } from './manifest.testing.ts'
import { createProfile, type ProfileName } from './row-profile.ts'
import { tableLayout } from './table-layouts.ts'

const { language } = loadDetectionModel()
const folder = temporaryFolder()

async function table(file: string, name: ProfileName, rule?: string): Promise<string> {
  const found = await findInputs([join(folder, file)])
  const profile = createProfile(name, 'answers', language)
  const label = rule === undefined ? undefined : await labelRule(rule, found, undefined)
  const opened = await openSources(found, { ports: [], responseWaitMs: 5000 })
  const layout = tableLayout(name, profile, label !== undefined)
  let text = ''
  for await (const piece of featureTable(opened, profile, layout, label, new AbortController().signal)) text += piece
  return text
}

const write = (file: string, lines: readonly string[]) => writeFileSync(join(folder, file), lines.join('\n'))
const cellsOf = (text: string) =>
  text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','))

describe('featureTable', () => {
  writeLog(folder, 'dns.log', [
    { second: 20, client: '10.0.0.2', name: 'later.example.de' },
    { second: 10, client: '10.0.0.1', name: 'a.b.Tunnel.example' },
  ])

  it('has a line a row in order of time, with what it is and the features under their units', async () => {
    const [header, first, second, ...rest] = cellsOf(await table('dns.log', 'query'))
    expect(rest).toEqual([])
    expect(header.slice(0, 5)).toEqual(['time', 'client', 'qname', 'prefixOctets (octets)', 'labelCount (labels)'])
    expect(first.slice(0, 5)).toEqual(['1970-01-01T00:00:10.000Z', '10.0.0.1', 'a.b.Tunnel.example', '3', '2'])
    expect(second[2]).toBe('later.example.de')
    expect([first.length, second.length]).toEqual([header.length, header.length])
  })

  it('labels by domain, whatever its case, by a word, or by a column', async () => {
    const labels = async (file: string, rule: string) =>
      cellsOf(await table(file, 'query', rule)).map((cells) => cells.at(-1))
    expect(await labels('dns.log', 'tunnel.EXAMPLE;x.de')).toEqual(['label', '1', '0'])
    expect(await labels('dns.log', 'attack')).toEqual(['label', '1', '1'])
    write('names.csv', ['domain,label', 'a.de,1', 'b.de,benign', 'c.de,who knows'])
    expect(await labels('names.csv', 'column')).toEqual(['label', '1', '0', ''])
    await expect(labels('dns.log', 'column')).rejects.toThrow('has no column "label"')
  })

  it('makes the originals’ table, which reads back as it was', async () => {
    write('names.csv', ['domain,label', '252.0.0.224.in-addr.arpa,1', 'isatap,0'])
    const text = await table('names.csv', 'legacy', 'column')
    expect(text.split('\r\n')).toEqual([
      'timestamp,FQDN_count,subdomain_length,upper,lower,numeric,entropy,special,labels,labels_max,labels_average,longest_word,sld,len,subdomain,Target Attack',
      ',24,7,0,10,8,2.054028744,6,6,7,3.166666667,4,224,11,1,1',
      ',6,0,0,6,0,2.120589933,0,1,6,6,isatap,isatap,7,0,0',
      '',
    ])
    write('legacy.csv', [text])
    const place = { index: 0, label: 'legacy.csv', path: join(folder, 'legacy.csv'), once: false }
    const back = await readLegacyCsv(openInput(place))
    expect([...back.y]).toEqual([1, 0])
    expect(back.malformed).toEqual({})
  })

  it('defuses names that a spreadsheet would run, and escapes what is no text', async () => {
    write('hostile.csv', ['domain,n', '=cmd|calc.example,1', '"a,b"".example",2', '\\027\\255x.example,3', '@x,4'])
    const query = await table('hostile.csv', 'query')
    expect(query).toContain(`"'=cmd|calc.example",`)
    expect(query).toContain('"a,b"".example",')
    expect(query).toContain('\\027\\255x.example,')
    const legacy = await table('hostile.csv', 'legacy')
    expect(legacy).toContain(`"'@x",`)
    expect(legacy + query).not.toContain('\x1b')
    expect(legacy.split('\r\n')).toHaveLength(6)
  })
})
