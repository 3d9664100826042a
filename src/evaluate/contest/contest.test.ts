import { beforeAll, expect, it } from 'vitest'
import type { LeftOut } from '../../datasets/left-out.ts'
import { hexNames, temporaryFolder, writeLog, writeManifest } from '../../datasets/manifest.testing.ts'
import { type ManifestRow, readManifest } from '../../datasets/manifest.ts'
import { untrainedModel } from '../../datasets/untrained-model.ts'
import { DEFAULT_THRESHOLDS } from '../../training/lines.ts'
import { trainWindow } from '../../training/train-window.ts'
import { renderReport } from '../render.ts'
import { type Contest, runContest, type Trainers } from './contest.ts'
import { contestSections } from './contest-sections.ts'

const model = untrainedModel(DEFAULT_THRESHOLDS)
const left: LeftOut[] = []
let rows: ManifestRow[]
let contest: Contest

const trainers: Trainers = {
  async detection(leftOut) {
    left.push(leftOut)
    return model
  },
  window: (windows) => trainWindow(windows, 1),
}

beforeAll(async () => {
  const folder = temporaryFolder()
  for (const [i, name] of ['one', 'two', 'three', 'four'].entries()) {
    writeLog(folder, `${name}.log`, hexNames(60 + i, 40, `${name}.example`, '10.0.0.5'))
  }
  for (const [i, name] of ['office', 'shop', 'home'].entries()) {
    const asked = Array.from({ length: 40 }, (_, n) => ({
      ...{ second: 1000 + n, client: '10.0.0.7' },
      name: `${['www', 'mail', 'static-assets', 'api'][n % 4]}.site${i}${n % 10}.com`,
    }))
    writeLog(folder, `${name}.log`, asked)
  }
  rows = readManifest(
    writeManifest(folder, [
      'one.log,zeek,attack,iodine,lab,train,one,one.example',
      'two.log,zeek,attack,dnscat2,lab,train,two,two.example',
      'four.log,zeek,attack,iodine,elsewhere,train,four,four.example',
      'three.log,zeek,attack,dns2tcp,field,dev,three,three.example',
      'office.log,zeek,benign,office,office,train,office,',
      'shop.log,zeek,benign,shop,shop,train,shop,',
      'home.log,zeek,benign,home,home,dev,home,',
    ]),
  )
  contest = await runContest(rows, model, trainers)
})

it('trains anew for what trained, and only then', () => {
  const networks = [['elsewhere'], ['lab'], ['office'], ['shop']].map((names) => ({ networks: names }))
  expect(left).toEqual([{ tool: 'dnscat2' }, { tool: 'iodine' }, ...networks])
})

it('says what is missing where too little is left to train on', async () => {
  const few = rows.filter(({ network }) => network !== 'shop')
  await expect(runContest(few, model, trainers)).rejects.toThrow(/^Without office the manifests have too little left/)
})

it('finds tunnels by their octets, and nothing by saying nothing', () => {
  const found = (contestant: string) =>
    contest.standings
      .filter((one) => one.contestant === contestant && one.allowed === 0 && one.captures > 0)
      .map(({ round, found: captures }) => `${round} ${captures}`)
  expect(found('prefix-octets').sort()).toEqual([
    'dns2tcp 1',
    'dnscat2 1',
    'elsewhere 1',
    'field 1',
    'iodine 2',
    'lab 2',
  ])
  expect(found('alerts')).toEqual(found('prefix-octets'))
  expect(found('majority').sort()).toEqual(['dns2tcp 0', 'dnscat2 0', 'elsewhere 0', 'field 0', 'iodine 0', 'lab 0'])
})

it('prints a row for every contestant, in every format', () => {
  const sections = contestSections(contest)
  const columns = ['detector', 'dns2tcp', 'dnscat2', 'iodine', 'all', 'recall']
  expect(sections[0].columns.map(({ title }) => title)).toEqual(columns)
  for (const { name, cells } of sections.slice(0, -1)) {
    expect(
      cells.map(([first]) => first),
      name,
    ).toEqual(contest.names)
  }
  expect(sections[0].cells.find(([first]) => first === 'alerts')).toEqual([
    'alerts',
    '1/1',
    '1/1',
    '2/2',
    '4/4',
    '100.0 %',
  ])
  const data = renderReport(sections, 'ndjson')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(data).toHaveLength(sections.reduce((sum, { rows }) => sum + rows.length, 0))
})
