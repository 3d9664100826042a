import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scorer } from '../../src/models/model.ts'
import { decodeModel } from '../../src/models/model-file.ts'
import { Cli, objectsOf } from '../cli/run-cli.ts'
import { writeNames, writeTraffic } from './models.testing.ts'

let cli: Cli
let manifest: string
const at = (name: string) => cli.at(name)
const train = (out: string, ...words: string[]) =>
  cli.run(['train', '--manifest', manifest, '--model', 'logistic', '-o', at(out), ...words])

beforeAll(async () => {
  cli = await Cli.build()
  manifest = writeTraffic(cli.folder)
  writeNames(at('names.csv'))
  expect(train('a.model').code).toBe(0)
  expect(train('names-arm.model', '--arm', 'names', '--set', 'l2=5').code).toBe(0)
}, 180_000)
afterAll(() => cli.remove())

/** The one sentence of a run that came to nothing. */
function sentence(words: readonly string[]): [number | null, string] {
  const { code, out, err } = cli.run(words)
  expect([out, err.trimEnd().split('\n').length]).toEqual(['', 1])
  return [code, err]
}

describe('wakeful train --model', () => {
  it('writes the same bytes again, whole, and says what is in them', () => {
    const { code, out, err } = train('again.model')
    expect([code, err]).toEqual([0, ''])
    expect(readFileSync(at('again.model')).equals(readFileSync(at('a.model')))).toBe(true)
    expect(out).toContain(decodeModel(readFileSync(at('a.model'))).sha256)
    expect(out).toMatch(/fpr 0\.001 +\S+ +\S+ +\d+ benign rows held out/)
    expect(train('a.model', '--seed', '2').code).toBe(0)
    expect(readFileSync(at('again.model')).equals(readFileSync(at('a.model')))).toBe(false)
    expect(train('a.model').code).toBe(0)
    expect(readdirSync(cli.folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('trains by a whole plan: steps, chosen features, both classes alike, the better of two trials', () => {
    const how = ['--prepare', 'winsorise', 'standard', '--select', 'anova', '-k', '3', '--rebalance', 'weights']
    const { code, out } = train('whole.model', ...how, '--calibrate', 'isotonic', '--tune', 'grid', '--trials', '2')
    expect(code).toBe(0)
    expect(out).toMatch(/^TRIALS\n/)
    expect(out.match(/left out/g)).toHaveLength(22 - 3)
    const { plan, calibrator } = decodeModel(readFileSync(at('whole.model')))
    expect(calibrator!.kind).toBe('isotonic')
    expect(JSON.parse(plan!)).toMatchObject({
      ...{ kind: 'queries', arm: 'answers', rebalancing: 'weights', preparations: ['winsorise', 'standard'] },
      selection: { method: 'anova', metric: 'roc-auc', count: 3 },
    })
  })

  it('trains on a table of names; broken lines are no rows', () => {
    const words = ['--manifest', at('names.csv'), '--model', 'boosting', '--set', 'rounds=5', '-o', at('n.model')]
    const { code, out, err } = cli.run(['train', ...words])
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/attackRows +200\n/)
  })

  it('leaves what was there where training comes to nothing, and no half file', () => {
    writeFileSync(at('kept.model'), 'before')
    expect(train('kept.model', '--set', 'l3=1').code).toBe(64)
    expect(train('kept.model', '--kind', 'names').code).toBe(65)
    expect(readFileSync(at('kept.model'), 'utf8')).toBe('before')
    expect(train('no/such/folder.model').code).toBe(74)
    expect(readdirSync(cli.folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })
})

describe('what cannot be trained or judged', () => {
  const rows = (name: string, ...lines: string[]) => {
    mkdirSync(at(name), { recursive: true })
    const path = at(`${name}/MANIFEST.csv`)
    const moved = lines.map((line) => `../${line}`)
    writeFileSync(path, ['file,format,label,family,network,split,group,domains', ...moved].join('\n'))
    return path
  }
  const trainOn = (path: string, ...words: string[]) =>
    sentence(['train', '--manifest', path, '--model', 'logistic', '-o', at('x.model'), ...words])

  it.each<[string, string[], number, string]>([
    [
      'a file that is not there',
      ['gone.log,zeek,benign,home,n,train,g,'],
      65,
      'is not there: fetch it or take out its row',
    ],
    [
      'a group on both sides',
      ['t0.log,zeek,attack,det,lab,train,one,tunnel0.test', 't1.log,zeek,attack,det,lab,dev,one,tunnel1.test'],
      ...([65, 'The group "one" stands on both sides of a split'] as const),
    ],
    ['a label that is none', ['t0.log,zeek,evil,det,lab,train,one,'], 65, 'with the label "evil"'],
    ['a tunnel nobody names', ['t0.log,zeek,attack,det,lab,train,one,'], 65, 'names no domains'],
    ['no rows that train', ['t0.log,zeek,attack,det,lab,dev,one,tunnel0.test'], 65, '0 of 0 are attack'],
    ['one class', ['b0.log,zeek,benign,home,n,train,one,'], 65, 'training needs both kinds'],
    [
      'one tunnel, so that none can be held out',
      ['b0.log,zeek,benign,home,n,train,one,', 't0.log,zeek,attack,det,lab,train,two,tunnel0.test'],
      ...([65, 'name rows of more groups'] as const),
    ],
    ['no files that rows are made of', ['conn.log,zeek-conn,benign,home,n,train,one,'], 65, 'names no files'],
  ])('%s', (_, lines, exit, problem) => {
    const { code, out, err } = cli.run([
      ...['train', '--manifest', rows('bad', ...lines), '--model', 'logistic', '-o', at('x.model')],
    ])
    expect([code, out]).toEqual([exit, ''])
    expect(err.trimEnd().split('\n').at(-1)).toContain(problem)
    expect(readdirSync(cli.folder)).not.toContain('x.model')
  })

  it.each<[string[], number, string]>([
    [['--set', 'l2'], 64, 'Write name=value, as in l2=0.1'],
    [['--set', 'l2=-1'], 64, 'it is a number from 0 to'],
    [['--set', 'depth=3'], 64, 'has no parameter "depth": take one of l1, l2'],
    [['--leave-out', 'det'], 64, "cannot be used with option '--model"],
    [['--tune', 'grid', '--trials', '5000'], 64, 'and 1000 are the most'],
    [['--trials', '0'], 64, 'It is no whole number above zero'],
  ])('train %j', (words, exit, problem) => {
    const [code, err] = trainOn(manifest, ...words)
    expect(code).toBe(exit)
    expect(err).toContain(problem)
  })

  it.each<[string[], number, string]>([
    [['train', '-o', 'x', '--prepare', 'standard'], 64, '--prepare goes with --model'],
    [['evaluate'], 64, 'Say what to evaluate'],
    [['evaluate', '--model', 'models'], 64, 'is a folder of detection models: add --scan'],
    [['evaluate', '--model', 'gone.model'], 74, 'gone.model'],
    [['evaluate', '--model', 'README.md'], 78, 'README.md: The file is not a wakeful model file'],
    [['evaluate', '--model', 'models/query-names.model'], 78, 'keeps no plan to train again by'],
    [['evaluate', '--model', 'x', '--arm', 'names'], 64, 'cannot be used with option'],
    [
      ['evaluate', '--models', 'logistic', '--set', 'rounds=3'],
      64,
      'None of the models logistic has a parameter "rounds"',
    ],
    [['evaluate', '--models', 'logistic', '--leave-out', 'tool'], 64, 'cannot be used with option'],
  ])('%j', (words, exit, problem) => {
    const [code, err] = sentence([...words, '--manifest', manifest])
    expect(code).toBe(exit)
    expect(err).toContain(problem)
  })
})

describe('wakeful select', () => {
  it('ranks every column, best first, the same again', () => {
    const words = ['select', '--manifest', manifest, '--method', 'anova', '-k', '2', '--format', 'ndjson']
    const ranked = objectsOf(cli.run(words).out)
    expect(ranked).toHaveLength(22)
    expect(ranked.filter(({ chosen }) => chosen).map(({ rank }) => rank)).toEqual([1, 2])
    const scores = ranked.map(({ score }) => Number(score))
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    expect(objectsOf(cli.run(words).out)).toEqual(ranked)
  })

  it.each(['sequential', 'permutation'])('tries columns with a model: %s', (method) => {
    const words = ['select', '--manifest', at('names.csv'), '--profile', 'legacy', '--method', method, '-k', '2']
    const { code, out } = cli.run(words)
    expect(code).toBe(0)
    expect(out.match(/ yes$/gm)).toHaveLength(2)
  })

  it('says in one sentence that one class cannot be ranked', () => {
    writeFileSync(at('one.csv'), 'domain,label\na.example,0\nb.example,0\n')
    const [code, err] = sentence(['select', '--manifest', at('one.csv')])
    expect(code).toBe(65)
    expect(err).toContain('0 of ')
  })
})

describe('wakeful model', () => {
  it('shows, lists and compares what files say of themselves', () => {
    const shown = cli.run(['model', 'show', at('a.model')])
    expect(shown.code).toBe(0)
    expect(shown.out).toMatch(/kind +prepared: logistic-regression/)
    expect(shown.out).toContain('"kind":"queries"')
    const listed = objectsOf(cli.run(['model', 'list', '--format', 'ndjson']).out).map(({ file }) => file)
    expect(listed).toEqual([
      'language.model',
      'query-answers.model',
      'query-names.model',
      'window-forest.model',
      'window.model',
    ])
    const { out } = cli.run(['model', 'compare', at('a.model'), at('names-arm.model'), '--format', 'ndjson'])
    const same = Object.fromEntries(objectsOf(out).map(({ what, same }) => [what, same]))
    expect(same).toMatchObject({ kind: true, seed: true, plan: false, features: false, 'training rows (hash)': true })
  })

  it('exports for other runtimes: the same file twice', () => {
    const words = (out: string) => ['model', 'export', at('a.model'), '--onnx', at(out)]
    expect(cli.run(words('a.onnx'))).toEqual({ code: 0, out: '', err: '' })
    expect(cli.run(words('b.onnx')).code).toBe(0)
    expect(readFileSync(at('a.onnx')).equals(readFileSync(at('b.onnx')))).toBe(true)
  })

  it.each<[string[], number, string]>([
    [['show', 'README.md'], 78, 'README.md: The file is not a wakeful model file.'],
    [['show', 'gone.model'], 74, 'gone.model'],
    [['list', 'samples'], 78, 'samples holds no file whose name ends in .model.'],
    [['compare', 'models/query-names.model', 'LICENSE'], 78, 'LICENSE: '],
    [['export', 'models/language.model', '--onnx', 'x.onnx'], 78, 'cannot be written as ONNX'],
    [['export', 'models/query-names.model', '--onnx', 'no/such/x.onnx'], 74, 'cannot be written'],
  ])('%j is one sentence', (words, exit, problem) => {
    const [code, err] = sentence(['model', ...words])
    expect(code).toBe(exit)
    expect(err).toContain(problem)
  })

  it('refuses a file that was cut or changed', () => {
    const bytes = readFileSync(at('a.model'))
    writeFileSync(at('cut.model'), bytes.subarray(0, -1))
    expect(sentence(['model', 'show', at('cut.model')])[1]).toContain('damaged or cut short')
  })
})

describe('wakeful evaluate --model', () => {
  const evaluate = (model: string, ...words: string[]) =>
    cli.run(['evaluate', '--manifest', manifest, '--model', at(model), ...words])

  it.each(['a.model', 'names-arm.model'])(
    'judges %s on held-out rows of the kind and arm that the file names',
    (model) => {
      const { code, out, err } = evaluate(model, '--format', 'ndjson')
      expect([code, err]).toEqual([0, ''])
      const objects = objectsOf(out)
      const [judged] = objects.filter(({ section }) => section === 'models')
      expect(judged.on).toMatch(/^held out: dev(, test)?$/)
      const audits = objects.filter(({ section }) => section === 'audits')
      expect(audits.at(-1)).toMatchObject({ answer: 'yes, by their hash', passed: true })
      expect(objects.filter(({ section }) => section === 'leave-one-tool-out').map(({ leftOut }) => leftOut)).toEqual([
        ...['DET', 'iodine'],
      ])
      expect(evaluate(model, '--format', 'ndjson').out).toBe(out)
    },
  )

  it('says of other files that they did not train it', () => {
    const other = at('other.csv')
    const lines = readFileSync(manifest, 'utf8').split('\n')
    writeFileSync(other, lines.filter((line) => !line.startsWith('t0.log')).join('\n'))
    const { code, out } = cli.run(['evaluate', '--manifest', other, '--model', at('a.model'), '--leave-out', 'tool'])
    expect(code).toBe(0)
    expect(out).toContain('no: make sure that none of the rows judged here trained it')
  })

  it('scores rows in a new process as in this one: a difference of 0', () => {
    const rows = Array.from({ length: 50 }, (_, row) =>
      Array.from({ length: 22 }, (_, i) => ((row + 3) * (i + 7)) % 11),
    )
    const module = pathToFileURL(join(dirname(cli.path), '../models/model-file.js')).href
    const script = `import { readFileSync } from 'node:fs'
      const { decodeModel } = await import(${JSON.stringify(module)})
      const { model } = decodeModel(readFileSync(${JSON.stringify(at('a.model'))}))
      console.log(JSON.stringify(${JSON.stringify(rows)}.map((row) => model.scoreOne(Float64Array.from(row)))))`
    const said = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    const { model } = decodeModel(readFileSync(at('a.model')))
    const score = (row: number[]) => (model as Scorer).scoreOne(Float64Array.from(row))
    // JSON holds every digit that tells a double from its neighbours.
    expect(JSON.parse(said.stdout)).toEqual(rows.map(score))
    expect(new Set(rows.map(score)).size).toBeGreaterThan(5)
  })

  it('refuses data of another kind, and a plan that is none', () => {
    const [code, err] = sentence(['evaluate', '--manifest', at('names.csv'), '--model', at('a.model')])
    expect([code, err]).toEqual([65, expect.stringContaining('no rows of the kind "queries", only names')])
  })
})

describe('wakeful evaluate --models', () => {
  it('trains, judges and audits each on the same split', () => {
    const words = ['evaluate', '--manifest', at('names.csv'), '--models', 'logistic', 'boosting', '--set', 'rounds=5']
    const { code, out } = cli.run([...words, '--format', 'ndjson'])
    expect(code).toBe(0)
    const judged = objectsOf(out).filter(({ section }) => section === 'models')
    expect(judged.map(({ name, on }) => `${name} ${on}`)).toEqual([
      ...['logistic split by rows', 'boosting split by rows', 'logistic split by groups', 'boosting split by groups'],
    ])
    const split = cli.run([...words, '--split-by', 'groups', '--format', 'ndjson'])
    expect(objectsOf(split.out).filter(({ section }) => section === 'models')).toHaveLength(2)
  })
})

describe('wakeful scan --model FILE', () => {
  it('scans with that model for its arm, and keeps its state apart', () => {
    const words = ['scan', 'samples/det.pcap.gz', '--format', 'ndjson']
    const shipped = cli.run(words)
    const own = cli.run([...words, '--model', at('names-arm.model')])
    expect([own.code, own.err]).toEqual([0, ''])
    const domains = ({ out }: typeof own) => objectsOf(out).map(({ registeredDomain }) => registeredDomain)
    expect(domains(own)).toEqual(domains(shipped))
    expect(own.out).not.toBe(shipped.out)
    const state = ['--state', at('state')]
    expect(cli.run([...words, ...state]).code).toBe(0)
    const mixed = cli.run([...words, ...state, '--model', at('names-arm.model')])
    expect(mixed.code).toBe(78)
    expect(mixed.err).toContain('was written with another model')
  })

  it('explains with it', () => {
    const words = ['explain', 'samples/det.pcap.gz', '--domain', 'golf.test', '--model', at('a.model')]
    expect(cli.run(words).code).toBe(0)
  })

  it('says what a model lacks', () => {
    const bare = train('bare.model', '--calibrate', 'none')
    expect(bare.code).toBe(0)
    const [code, err] = sentence(['scan', 'samples', '--model', at('bare.model')])
    expect([code, err]).toEqual([78, expect.stringContaining('has no calibration')])
    expect(
      cli.run([
        'train',
        '--manifest',
        at('names.csv'),
        '--profile',
        'legacy',
        '--model',
        'logistic',
        '-o',
        at('l.model'),
      ]).code,
    ).toBe(0)
    expect(sentence(['scan', 'samples', '--model', at('l.model')])[1]).toContain('reads other features than a scan has')
  })
})
