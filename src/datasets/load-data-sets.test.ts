import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadDetectionModel } from '../detect/load-detection-model.ts'
import { armFeatures } from '../features/query/index.ts'
import type { DataSet } from './data-set.ts'
import { oneLanguage } from './each-exchange.ts'
import { labelledInputs } from './labelled-inputs.ts'
import { loadDataSets } from './load-data-sets.ts'
import { hexNames, temporaryFolder, writeLog, writeManifest } from './manifest.testing.ts'
import { readManifest } from './manifest.ts'
import type { ProfileName } from './row-profile.ts'
import type { TextColumn } from './text-column.ts'

const model = loadDetectionModel()
const folder = temporaryFolder()

const load = async (rows: readonly string[], profile: ProfileName = 'query') =>
  loadDataSets(readManifest(writeManifest(folder, rows)), {
    ...{ profile, languages: oneLanguage(model.language), thresholds: model.thresholds },
  })
const write = (file: string, lines: readonly string[]) => writeFileSync(join(folder, file), lines.join('\n'))
const texts = ({ codes, values }: TextColumn) => [...codes].map((code) => values[code])
const columnOf = ({ matrix }: DataSet, name: string) =>
  Array.from({ length: matrix.rows }, (_, row) => matrix.values[row * matrix.columns + matrix.names.indexOf(name)])

describe('queries', () => {
  writeLog(folder, 'tunnel.log', [
    ...hexNames(100, 40, 'a.tunnel.example', '10.0.0.1'),
    ...hexNames(3, 8, 'other.de', '10.0.0.2'),
  ])
  writeLog(folder, 'benign.log', [
    ...Array.from({ length: 70 }, (_, i) => ({ second: 1000 + i, client: '10.0.0.1', name: `host${i}.example.de` })),
    { second: 2000, client: '10.0.0.1', name: 'www.example.net' },
  ])

  it('are the novel exchanges: 80 of a tunnel, all else of its file left out, and 60 of a benign domain', async () => {
    const [set, ...others] = await load([
      'tunnel.log,zeek,attack,iodine raw,lab,train,capture-1,tunnel.example',
      'benign.log,zeek,benign,home,flat,train,capture-2,',
    ])
    expect(others).toEqual([])
    expect(set.kind).toBe('queries')
    expect(set.matrix.names).toEqual(armFeatures('answers').map(({ name }) => name))
    expect(set.y.filter((label) => label === 1)).toHaveLength(80)
    expect(set.y).toHaveLength(80 + 60 + 1)
    expect(new Set(texts(set.tool))).toEqual(new Set(['iodine', 'benign']))
    expect(new Set(texts(set.group))).toEqual(new Set(['capture-1', 'example.de', 'example.net']))
    expect(new Set(texts(set.network))).toEqual(new Set(['lab', 'flat']))
    expect(set.timeMs.every((time) => time >= 1_000_000)).toBe(true)
  })

  it('of a file that does not train are all of the manifest’s group and split', async () => {
    const [set] = await load(['benign.log,zeek,benign,home,flat,dev,capture-2,'])
    expect([new Set(texts(set.group)), new Set(texts(set.split))]).toEqual([new Set(['capture-2']), new Set(['dev'])])
  })

  it('deal a fifth of the benign domains of train files out to test, whole', async () => {
    writeLog(
      folder,
      'many.log',
      Array.from({ length: 400 }, (_, i) => ({ second: i, client: '10.0.0.1', name: `www${i % 2}.d${i >> 1}.de` })),
    )
    const [set] = await load(['many.log,zeek,benign,home,flat,train,g,'])
    const splits = texts(set.split)
    const test = splits.filter((split) => split === 'test').length
    expect([test > 40, test < 120, splits.length]).toEqual([true, true, 400])
    const sides = new Map(texts(set.group).map((group, row) => [group, splits[row]]))
    expect(texts(set.group).every((group, row) => sides.get(group) === splits[row])).toBe(true)
  })
})

describe('names', () => {
  write('names.csv', [
    'domain,label,tool',
    'AbCd.evil.example,1,DET-like',
    'www.example.de,0,',
    'Printer.local,0,',
    '4.3.2.1.in-addr.arpa,benign,',
    'wpad,0,',
    'x.example.de,maybe,',
    'ok.evil2.example,attack,',
  ])
  const row = 'names.csv,csv-names,mixed,hex,course,dev,names,'

  it('are every row that has a label, folded, with what would leak kept aside', async () => {
    const [set] = await load([row], 'legacy')
    expect(set.kind).toBe('names')
    expect([...set.y]).toEqual([1, 0, 0, 0, 0, 1])
    expect([...set.capitals]).toEqual([2, 0, 1, 0, 0, 0])
    expect(columnOf(set, 'upperCount')).toEqual([0, 0, 0, 0, 0, 0])
    expect(columnOf(set, 'qnameLength')).toEqual([17, 14, 13, 20, 4, 16])
    expect([...set.noise]).toEqual([0, 0, 1, 1, 1, 0])
    expect(texts(set.tool)).toEqual(['DET', 'benign', 'benign', 'benign', 'benign', 'hex exfil'])
    expect(texts(set.group).slice(0, 2)).toEqual(['names DET', 'names example.de'])
    expect(set.malformed).toEqual({ 'label-unknown': 1 })
  })

  it('read with the query profile have the columns of the names arm', async () => {
    const [set] = await load([row])
    expect(set.matrix.names).toEqual(armFeatures('names').map(({ name }) => name))
    expect(columnOf(set, 'prefixOctets').slice(0, 2)).toEqual([4, 3])
  })

  it('are labelled by the domains of the manifest where there is no label column', async () => {
    write('plain.csv', ['domain', 'a.Evil.example', 'b.example.de'])
    const [set] = await load(['plain.csv,csv-names,mixed,hex,course,dev,plain,evil.example'])
    expect([...set.y]).toEqual([1, 0])
  })
})

describe('what is wrong is one sentence', () => {
  it.each([
    ['a missing file', ['gone.log,zeek,benign,home,flat,train,g,'], /gone\.log, which a manifest names, is not there/],
    [
      'a group on both sides',
      ['benign.log,zeek,benign,home,flat,train,g,', 'benign.log,zeek,benign,home,flat,dev,g,'],
      /The group "g" stands on both sides of a split, as benign\.log \(train\) and benign\.log \(dev\)/,
    ],
    ['a label nobody knows', ['benign.log,zeek,odd,home,flat,train,g,'], /the label "odd"/],
    ['a tunnel without a domain', ['tunnel.log,zeek,attack,iodine,lab,train,g,'], /names no domains/],
    ['two classes and no rule', ['plain.csv,csv-names,mixed,hex,course,dev,plain,'], /no label column/],
    ['a label column of something else', ['odd.csv,csv-names,mixed,hex,course,dev,odd,'], /write 0 and 1/],
    ['no table', ['tunnel.log,csv-legacy,mixed,hex,course,dev,odd,'], /holds no table of legacy features/],
  ])('%s', async (_, rows, sentence) => {
    write('odd.csv', ['domain,label', 'a.de,x', 'b.de,y'])
    await expect(load(rows)).rejects.toThrow(sentence)
  })
})

it('a table that no manifest speaks for groups its tunnels by tool, or by registered domain', async () => {
  const groups = async (header: string, ...lines: string[]) => {
    write('lone.csv', [header, ...lines])
    const rows = await labelledInputs([join(folder, 'lone.csv')])
    const { language, thresholds } = model
    const [set] = await loadDataSets(rows, { profile: 'query', languages: oneLanguage(language), thresholds })
    return texts(set.group)
  }
  const names = ['ab.one.example', 'cd.two.example', 'www.three.example']
  expect(await groups('domain,label', `${names[0]},1`, `${names[1]},1`, `${names[2]},0`)).toEqual([
    ...['one.example', 'two.example', 'three.example'],
  ])
  expect(await groups('domain,label,tool', `${names[0]},1,DET`, `${names[1]},1,DET`, `${names[2]},0,`)).toEqual([
    ...['DET', 'DET', 'three.example'],
  ])
})
