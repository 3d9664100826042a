import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { hexNames, temporaryFolder, writeLog, writeManifest } from '../datasets/manifest.testing.ts'
import { type ManifestRow, readManifest } from '../datasets/manifest.ts'
import { untrainedModel } from '../datasets/untrained-model.ts'
import { DEFAULT_THRESHOLDS } from '../training/lines.ts'
import { evaluateScan, type ScanEvaluation, scanSections } from './evaluate-scan.ts'
import { leaveOutTools } from './leave-out.ts'
import { renderReport } from './render.ts'

// Accounts alone: what is tested is the measuring, not what a model knows.
const model = untrainedModel(DEFAULT_THRESHOLDS)
let rows: ManifestRow[]
let evaluation: ScanEvaluation

beforeAll(async () => {
  const folder = temporaryFolder()
  const tunnel = hexNames(60, 40, 'evil.example', '10.0.0.5')
  writeLog(folder, 'tunnel.log', tunnel)
  // The same tunnel, and a second domain that the manifest does not name.
  writeLog(folder, 'two.log', [...tunnel, ...hexNames(60, 40, 'stray.example', '10.0.0.6', 2000)])
  const hosts = ['www', 'mail', 'ftp', 'www'].map((host, i) => ({
    ...{ second: 1000 + i, client: `10.0.0.${7 + (i % 2)}`, name: `${host}.quiet.example` },
  }))
  writeLog(folder, 'quiet.log', hosts)
  writeLog(folder, 'quiet-too.log', [...hosts, { second: 1010, client: '10.0.0.7', name: 'bare.example' }])
  writeFileSync(join(folder, 'names.txt'), 'www.quiet.example\nbare.example\n')
  rows = readManifest(
    writeManifest(folder, [
      'tunnel.log,zeek,attack,iodine,lab,train,tunnel,evil.example',
      'two.log,zeek,mixed,dnscat2 without domain,somebody/else,dev,two,evil.example',
      'quiet.log,zeek,benign,home,net,dev,quiet,',
      'quiet-too.log,zeek,benign,home,net,dev,quiet-too,',
      'names.txt,list,benign,list,list:x,train,names,',
      'absent.log,querylog,mixed,query,lab,fixture,absent,',
    ]),
  )
  evaluation = await evaluateScan(rows, model)
})

describe('evaluateScan', () => {
  it('says when the tunnel was found, and when the plain counter would have', () => {
    const [own] = evaluation.tunnels
    expect(own).toMatchObject({ alerts: ['evil.example'], outside: [], detectors: ['account'], tool: 'iodine' })
    // 40 prefix octets a query: past 256, 512 and 1,024 at queries 7, 13 and 26.
    expect(own.counter.map(({ queries, octets }) => [queries, octets])).toEqual([
      [7, 280],
      [13, 520],
      [26, 1040],
    ])
    // Hexadecimal holds four bits a digit, so by information the line is half as far: never later than 1,024 / 40.
    expect(own.queries).toBeGreaterThan(13)
    expect(own.queries).toBeLessThanOrEqual(26)
    expect(own.prefixOctets).toBe(own.queries! * 40)
  })

  it('names what an alert or the counter adds to the manifest', () => {
    const [, both] = evaluation.tunnels
    expect(both).toMatchObject({ alerts: ['evil.example'], outside: ['stray.example'], tool: 'dnscat2' })
    expect(both.counter.map((line) => line.falseDomains)).toEqual([1, 1, 1])
  })

  it('counts an origin over its captures, each client and domain once', () => {
    expect(evaluation.benign).toHaveLength(1)
    expect(evaluation.benign[0]).toMatchObject({
      ...{ traffic: 'natural', origin: 'net', split: 'dev', captures: 2, clients: 2, queries: 9, judged: 1 },
      ...{ alerts: [], low: [], counter: [0, 0, 0] },
    })
    expect(evaluation.benign[0].rateMax).toBeCloseTo(0.95, 6)
    expect(evaluation.benign[0].nearest.account?.subject).toBe('quiet.example')
    expect(evaluation.benign[0].nearest.account?.ratio).toBeLessThan(0.1)
  })

  it('shows a list that trained with the part that did not', () => {
    expect(evaluation.lists.map(({ part, domains }) => [part, domains])).toEqual([
      ['all', 2],
      ['never trained on', expect.any(Number)],
    ])
    expect(evaluation.lists[0]).toMatchObject({ judged: 1, found: [], missed: [], falseDomains: [], severityMax: null })
  })

  it('counts what it did not read', () => {
    expect(evaluation.unread).toEqual([expect.objectContaining({ format: 'querylog', files: 1 })])
  })

  it('prints the same twice', async () => {
    const again = await evaluateScan(rows, model)
    const printed = renderReport(scanSections(evaluation), 'ndjson')
    expect(renderReport(scanSections(again), 'ndjson')).toBe(printed)
    for (const line of printed.trim().split('\n')) {
      expect(JSON.parse(line)).toMatchObject({ kind: 'evaluation', section: expect.any(String) })
    }
  })
})

describe('leaveOutTools', () => {
  it('trains without each tool that trained, and judges the others as shipped', async () => {
    const trained: string[] = []
    const results = await leaveOutTools(rows, model, async (tool) => {
      trained.push(tool)
      return model
    })
    expect(trained).toEqual(['iodine'])
    expect(results).toEqual([
      expect.objectContaining({
        tool: 'dnscat2',
        model: 'untrained',
        trained: 0,
        captures: 1,
        found: 1,
        outside: ['stray.example'],
      }),
      expect.objectContaining({ tool: 'iodine', trained: 1, captures: 1, found: 1, outside: [], falseDomains: [] }),
    ])
  })

  it('trains every tool anew where other rows train too, which are not measured', async () => {
    const trained: string[] = []
    const alsoTrained = rows.filter((row) => row.file === 'tunnel.log')
    const results = await leaveOutTools(
      rows.filter((row) => row.file !== 'tunnel.log'),
      model,
      async (tool) => {
        trained.push(tool)
        return { ...model, version: `without ${tool}` }
      },
      { alsoTrained },
    )
    expect(trained).toEqual(['dnscat2'])
    expect(results.map(({ tool, model: version, captures }) => [tool, version, captures])).toEqual([
      ['dnscat2', 'without dnscat2', 1],
    ])
  })
})
