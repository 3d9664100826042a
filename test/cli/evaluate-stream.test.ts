import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hexNames, temporaryFolder, writeLog, writeManifest } from '../../src/datasets/manifest.testing.ts'
import { createRandom, randomInteger } from '../../src/stats/random.ts'
import { runHere } from './run-here.ts'

const HEADER =
  'timestamp,FQDN_count,subdomain_length,upper,lower,numeric,entropy,special,labels,labels_max,labels_average,longest_word,sld,len,subdomain,Target Attack'
const folder = temporaryFolder()
const at = (name: string) => join(folder, name)
const legacy = at('legacy.csv')
writeFileSync(legacy, legacyTable(1500))

/** A table of the originals' features: attacks have more digits, and a tenth of the labels is wrong. */
function legacyTable(rows: number): string {
  const random = createRandom(5)
  const lines = Array.from({ length: rows }, () => {
    const digits = randomInteger(random, 16)
    const attack = random() < 0.1 ? digits < 8 : digits >= 8
    return `58:50.7,24,7,0,10,${digits},2.05,6,6,7,3.1,4,224,11,1,${attack ? 1 : 0}`
  })
  return [HEADER, ...lines, 'broken,line'].join('\n')
}

/** What was printed as ndjson, of one section. */
function sectionOf(out: string, section: string): { [key: string]: unknown; name: string }[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter((row) => row.section === section)
}

const LEGACY = ['evaluate', '--stream', legacy, '--warmup', '500', '--window', '250', '--label-delay', '1min']

describe('wakeful evaluate --stream', () => {
  it('judges learners and what stands still on one stream, and says how labels came', async () => {
    const words = [
      ...LEGACY,
      '--label-budget',
      '10%',
      '--dynamic',
      'logistic-sgd',
      '--upper-bound',
      '--format',
      'ndjson',
    ]
    const { code, out, err } = await runHere(words)
    expect([code, err]).toEqual([0, ''])
    const arms = sectionOf(out, 'arms')
    expect(arms.map(({ name }) => name)).toEqual([
      ...['majority', 'no change', 'logistic-sgd, frozen', 'logistic-sgd, frozen, line redrawn daily'],
      ...['logistic-sgd', 'logistic-sgd, every label at once'],
    ])
    // One row a second, a label a minute later: those of the last 60 rows never come.
    expect(arms[4]).toMatchObject({ regime: 'late', asked: 100, labels: expect.any(Number) })
    expect(Math.abs(Number(arms[4].labels) - 94)).toBeLessThanOrEqual(1)
    expect(arms[5]).toMatchObject({ regime: 'at-once', asked: 1000, labels: 1000 })
    const facts = new Map(sectionOf(out, 'stream').map((row) => [row.what, row.value]))
    expect(facts.get('left out')).toBe('columns-missing 1')
    expect([facts.get('label delay'), facts.get('label budget'), facts.get('rows judged')]).toEqual([
      ...['1 min', '10 %', '1,000'],
    ])
  })

  it('writes the same report, windows and object each time', async () => {
    const run = async (name: string) => {
      const files = ['--html', at(`${name}.html`), '--csv', at(`${name}.csv`), '--format', 'json']
      const { code, out } = await runHere([...LEGACY, '--static', 'logistic', '--order', 'shuffled', ...files])
      expect(code).toBe(0)
      return [out, ...['html', 'csv'].map((kind) => readFileSync(at(`${name}.${kind}`), 'utf8'))]
    }
    const [object, report, windows] = await run('a')
    expect(await run('b')).toEqual([object, report, windows])
    expect(JSON.parse(object).result.windows).toHaveLength(4)
    // A line a window and arm, and the header.
    expect(windows.trimEnd().split('\r\n')).toHaveLength(1 + 4 * 4)
    expect(report).toContain('<h1>How models keep up with a stream</h1>')
  })

  it('takes a model file, as train writes it, and its own columns of the stream', async () => {
    const model = at('my.model')
    const train = ['train', '--manifest', legacy, '--model', 'logistic', '--prepare', 'encode-buckets', '-o', model]
    // One group alone cannot be held out, so the table gets some.
    const random = createRandom(11)
    writeFileSync(
      at('groups.csv'),
      legacyTable(600).replaceAll(/,224,/g, () => `,g${Math.floor(random() * 40)},`),
    )
    train[2] = at('groups.csv')
    expect(await runHere(train)).toMatchObject({ code: 0, err: '' })
    const { code, out } = await runHere([
      ...LEGACY,
      '--static',
      model,
      '--dynamic',
      'logistic-sgd',
      '--format',
      'ndjson',
    ])
    expect(code).toBe(0)
    const arms = sectionOf(out, 'arms')
    // Named models stand for the frozen learner.
    expect(arms.map(({ name }) => name)).toEqual([
      ...['majority', 'no change', 'my.model', 'my.model, line redrawn daily', 'logistic-sgd'],
    ])
    for (const { name, figures } of arms.slice(2) as unknown as {
      name: string
      figures: { balancedAccuracy: number }
    }[]) {
      expect(figures.balancedAccuracy, name).toBeGreaterThan(0.8)
    }
  })

  it('reads captures and logs in order of time', async () => {
    writeLog(folder, 'later.log', hexNames(70, 40, 'tunnel.test', '10.0.0.2', 200_000))
    const benign = Array.from({ length: 200 }, (_, i) => ({
      ...{ second: 100_000 + i, client: '10.0.0.1' },
      name: `www${i}.site${i % 20}.example`,
    }))
    writeLog(folder, 'sooner.log', benign)
    const manifest = writeManifest(folder, [
      'later.log,zeek,attack,det,lab,train,t,tunnel.test',
      'sooner.log,zeek,benign,home,net,train,b,',
    ])
    const words = ['evaluate', '--stream', manifest, '--warmup', '100', '--window', '50', '--dynamic', 'logistic-ftrl']
    const { code, out } = await runHere([...words, '--format', 'json'])
    expect(code).toBe(0)
    const { facts, result } = JSON.parse(out)
    expect(facts).toContainEqual(['order', 'time'])
    const positives = result.windows.map((window: { positives: number }) => window.positives)
    expect(positives).toEqual([...positives].sort((a, b) => a - b))
    expect(result.windows[0].firstMs).toBeGreaterThanOrEqual(100_000_000)
  })

  it('shows the original experiment, theirs beside ours', async () => {
    const { code, out } = await runHere(['evaluate', '--stream', legacy, '--original', '--warmup', '500'])
    expect(code).toBe(0)
    expect(out).toMatch(/^THE ORIGINAL EXPERIMENT, THEIRS AND OURS\n/)
    expect(out).toMatch(/here +stable encoding +accuracy +1 +0\.[89]/)
  }, 60_000)
})

describe('what cannot be meant', () => {
  it.each<[readonly string[], number, string]>([
    [['--stream', legacy], 64, 'Say who judges the stream: --dynamic names learners'],
    [['--stream', legacy, '--dynamic', 'magic'], 64, 'Allowed choices are logistic-sgd'],
    [['--stream', legacy, '--static', at('gone.model')], 74, 'gone.model'],
    [['--stream', legacy, '--static', legacy], 78, 'is not a wakeful model file'],
    [['--stream', legacy, '--dynamic', 'logistic-sgd', '--label-delay', '1'], 64, 'as in 90s, 10min, 1h or 1d'],
    [
      ['--stream', legacy, '--dynamic', 'logistic-sgd', '--label-budget', '101%'],
      64,
      'Write a share, as in 1% or 0.01',
    ],
    [['--stream', legacy, '--dynamic', 'logistic-sgd', '--window', '0'], 64, 'It is no whole number above zero'],
    [['--stream', legacy, '--dynamic', 'logistic-sgd'], 65, 'take a shorter --warmup'],
    [['--stream', legacy, '--dynamic', 'logistic-sgd', '--order', 'time'], 65, 'take --order file or shuffled'],
    [['--stream', legacy, '--static', 'boosting', '--warmup', '1'], 65, 'needs both kinds to be trained'],
    [['--stream', legacy, '--original', '--dynamic', 'logistic-sgd'], 64, "cannot be used with option '--dynamic"],
    [['--stream', legacy, '--original', '--warmup', '1500'], 65, 'take another --warmup'],
    [['--stream', legacy, '--scan'], 64, "cannot be used with option '--scan'"],
    [['--stream', at('gone.csv'), '--dynamic', 'logistic-sgd'], 65, 'gone.csv does not exist'],
    [['--stream', 'kafka://h:1/t', legacy, '--dynamic', 'logistic-sgd'], 64, 'name it alone with --stream'],
    [['--stream', 'kafka://localhost/', '--dynamic', 'logistic-sgd'], 64, 'topic'],
    [['--dynamic', 'logistic-sgd', '--manifest', legacy], 64, '--dynamic is of models on a stream'],
    [['--csv', at('x.csv'), '--manifest', legacy], 64, '--csv is of models on a stream'],
    [['--scan'], 64, "required option '--manifest <file...>' not specified"],
  ])('evaluate %j: one sentence', async (words, exit, sentence) => {
    const { code, out, err } = await runHere(['evaluate', ...words])
    expect([code, out, err.trimEnd().split('\n').length], err).toEqual([exit, '', 1])
    expect(err).toContain(sentence)
  })

  it('leaves no file where nothing came of it', async () => {
    const files = ['--html', at('none.html'), '--csv', at('none.csv')]
    await runHere(['evaluate', '--stream', legacy, '--dynamic', 'logistic-sgd', ...files])
    expect([existsSync(at('none.html')), existsSync(at('none.csv'))]).toEqual([false, false])
  })

  it('has examples of streams in its help', async () => {
    const { code, out } = await runHere(['evaluate', '--help'])
    expect(code).toBe(0)
    expect(out.match(/^ {2}wakeful evaluate --stream /gm)?.length).toBeGreaterThanOrEqual(3)
  })
})
