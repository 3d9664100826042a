import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type DirectionTable,
  deadFiles,
  fileLengths,
  forbiddenLines,
  importRings,
  unlistedMembers,
  wrongDirections,
} from './rules.ts'
import { filesUnder, ROOT, readTree, trackedFiles } from './tree.ts'

const BELOW_PIPELINE = [
  ...['files', 'stats', 'dns', 'batch', 'sources', 'features', 'models'],
  ...['drift', 'detect', 'enrich', 'sinks', 'broker', 'adapt'],
]
/** Learning from tables and measuring what was learned; neither knows what a name is. */
const LEARNING = ['learn', 'metrics']

/** The walls of the house: imports point one way. A folder without a row fails, so a new one starts here. */
const TABLE: DirectionTable = {
  // Files written whole or not at all.
  files: [],
  stats: [],
  dns: ['stats'],
  batch: ['dns'],
  sources: ['batch', 'dns', 'stats'],
  features: ['batch', 'dns', 'stats'],
  // Models see rows of numbers. They know no DNS, so that they can be judged on anybody's data.
  models: ['drift', 'stats'],
  metrics: ['stats'],
  // Splits, prepares, selects, tunes: over rows of numbers, like the models it fits.
  learn: ['models', 'metrics', 'stats'],
  drift: ['stats'],
  // Topics and groups; knows nothing of what messages say.
  broker: ['stats'],
  // Keeps a model up with its stream: labels that come late and few, weights, guards.
  adapt: ['models', 'drift', 'metrics', 'stats', 'files'],
  detect: ['dns', 'batch', 'stats', 'features', 'models'],
  enrich: ['dns', 'files'],
  sinks: ['detect', 'batch', 'dns'],
  pipeline: BELOW_PIPELINE,
  // Incidents, verdicts and suppressions on the disk.
  store: ['detect', 'sinks', 'files'],
  // Incidents on their way to other systems.
  alerts: ['store', 'sinks', 'broker', 'detect', 'dns', 'files'],
  // One YAML file.
  settings: ['detect'],
  // What stands between detection and people while it runs.
  service: ['alerts', 'store', 'pipeline', ...BELOW_PIPELINE],
  serve: ['service', 'settings', 'alerts', 'store', 'pipeline', ...BELOW_PIPELINE],
  // Labelled traffic as tables; traffic becomes rows by running the pipeline over it.
  datasets: ['pipeline', ...LEARNING, ...BELOW_PIPELINE],
  // Measures whole scans on labelled traffic, so it stands above the pipeline it runs.
  evaluate: ['datasets', 'pipeline', ...LEARNING, ...BELOW_PIPELINE],
  // Makes the shipped models from labelled traffic, by running the pipeline over it.
  training: ['evaluate', 'datasets', 'pipeline', ...LEARNING, ...BELOW_PIPELINE],
  // Makes traffic, and must not learn from the detector what to make. Only cli and tests import it.
  lab: ['dns', 'batch', 'stats'],
  cli: [
    'serve',
    'service',
    'settings',
    'alerts',
    'store',
    'training',
    'evaluate',
    'datasets',
    'pipeline',
    'lab',
    ...LEARNING,
    ...BELOW_PIPELINE,
  ],
}

const MEDIAN_LINES_MAX = 110
const P90_LINES_MAX = 300
const LINES_MAX = 400

// Put together here, so that this file does not hold what it forbids.
const UNFINISHED = {
  'an unfinished mark': new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|')})\\b`),
  'a test that shuts out the others': new RegExp(`\\b(it|test|describe)\\.${'only'}\\(`),
}
const OUTSIDE = {
  'the name of a machine it was written on': new RegExp(`\\b${'fa' + 'rm'}\\b`, 'i'),
  'a path of the machine it was written on': new RegExp(`(^|[^\\w.-])/${'wo' + 'rk'}/`),
}

const tree = readTree(filesUnder('src').filter((path) => path.endsWith('.ts')))
/** Who asks for what is known only where the program stands. */
const PROGRAM = 'src/cli/main.ts'
const hasProgram = tree.has(PROGRAM)
/** What asks for files of src from outside. */
const users = readTree(['test', 'bench', 'scripts'].filter(exists).flatMap(filesUnder).filter(isScript))

describe('the house', () => {
  it('lets imports point one way only', () => {
    expect(wrongDirections(tree, TABLE)).toEqual([])
  })

  it('has no files that import each other in a ring', () => {
    expect(importRings(tree)).toEqual([])
  })

  it.skipIf(!hasProgram)('lists every member of a folder of like things in its index', () => {
    expect(unlistedMembers(new Map([...tree, ...users]))).toEqual([])
  })

  it('keeps files short', () => {
    const { files, medianLines, p90Lines, longest } = fileLengths(tree)
    const names = longest.map(({ path, lines }) => `${path} ${lines}`).join(', ')
    console.log(`src: ${files} files, median ${medianLines} lines, p90 ${p90Lines}; longest: ${names}`)
    expect(medianLines).toBeLessThan(MEDIAN_LINES_MAX)
    expect(p90Lines).toBeLessThanOrEqual(P90_LINES_MAX)
    expect(longest.filter(({ lines }) => lines > LINES_MAX)).toEqual([])
  })

  it.skipIf(!hasProgram)('has no dead files', () => {
    expect(deadFiles(new Map([...tree, ...users]), PROGRAM)).toEqual([])
  })
})

describe('what git tracks', () => {
  // An unpacked archive has no git; its own clone was tested.
  const tracked = trackedFiles()?.filter((path) => existsSync(resolve(ROOT, path)))
  const code = tracked?.filter((path) => /\.(ts|js|cjs|mjs|svelte|html|css)$/.test(path))
  const texts = tracked?.filter((path) => /\.(ts|js|cjs|mjs|svelte|html|css|json|md|ya?ml|csv|txt|toml)$/.test(path))
  const plain = tracked?.filter((path) => /^(LICENSE|NOTICE|\.gitignore|\.ci\/.*)$/.test(path))

  it.skipIf(!code)('holds no unfinished marks', () => {
    expect(forbiddenLines(readTree(code!), UNFINISHED)).toEqual([])
  })

  it.skipIf(!texts)('names no machine it was written on', () => {
    expect(forbiddenLines(readTree([...texts!, ...plain!]), OUTSIDE)).toEqual([])
  })
})

function exists(folder: string): boolean {
  return existsSync(resolve(ROOT, folder))
}

function isScript(path: string): boolean {
  return /\.(ts|cjs|mjs)$/.test(path)
}

describe('the rules themselves, on planted files', () => {
  const planted = (files: Record<string, string>) => new Map(Object.entries(files))

  it('name a wrong import, however it is written', () => {
    const wrong = planted({
      'src/models/a.ts': "import {\n  type Name,\n  other,\n} from '../dns/name.ts'",
      'src/models/b.ts': "export type { Name } from '../dns/name.ts'",
      'src/models/c.ts': "export async function late() {\n  return await import('../dns/name.ts')\n}",
      'src/models/d.ts': "import type { Name } from '../dns/name.ts'",
      'src/models/e.ts': "import '../dns/name.ts'",
      'src/models/right.ts': "// import { x } from '../dns/name.ts'\nimport { sum } from '../stats/sum.ts'",
      'src/models/right.test.ts': "import { lab } from '../lab/traffic.ts'",
    })
    const said = (file: string) => `src/models/${file}.ts imports src/dns/name.ts: models may import drift, stats`
    expect(wrongDirections(wrong, TABLE)).toEqual(['a', 'b', 'c', 'd', 'e'].map(said))
  })

  it('name a folder without a row, and what is for tests only', () => {
    const wrong = planted({
      'src/wall/new.ts': '',
      'src/stats/a.ts': "import { make } from './make.testing.ts'",
      'src/detect/lab.ts': "import { lab } from '../lab/traffic.ts'",
    })
    expect(wrongDirections(wrong, TABLE)).toEqual([
      'src/detect/lab.ts imports src/lab/traffic.ts: detect may import dns, batch, stats, features, models',
      'src/stats/a.ts imports src/stats/make.testing.ts, which is for tests',
      'src/wall has no row in the table of who may import whom',
    ])
  })

  it('name every ring once, types included', () => {
    const ring = planted({
      'src/dns/a.ts': "import { b } from './b.ts'",
      'src/dns/b.ts': "import type { C } from './c.ts'",
      'src/dns/c.ts': "import { a } from './a.ts'",
      'src/dns/d.ts': "import { a } from './a.ts'",
      'src/dns/e.ts': "import { f } from './f.ts'",
      'src/dns/f.ts': "import type { E } from './e.ts'",
    })
    expect(importRings(ring)).toEqual([
      'src/dns/a.ts <-> src/dns/b.ts <-> src/dns/c.ts',
      'src/dns/e.ts <-> src/dns/f.ts',
    ])
  })

  it('name a member its index forgot, but no helper of one it lists', () => {
    const forgot = planted({
      'src/features/index.ts': "export { entropy } from './query/entropy.ts'",
      'src/features/query/entropy.ts': "import { counts } from './counts.ts'",
      'src/features/query/counts.ts': '',
      'src/features/query/forgotten.ts': "import { counts } from './counts.ts'",
      'src/features/query/forgotten.test.ts': "import { forgotten } from './forgotten.ts'",
      'src/features/all.test.ts': "import { all } from './index.ts'",
      'src/features/save.ts': "import { entropy } from './index.ts'",
      'src/cli/main.ts': "import { save } from '../features/save.ts'",
    })
    expect(unlistedMembers(forgot)).toEqual([
      'src/features/query/forgotten.ts is not listed in src/features/index.ts, and nothing but tests imports it',
    ])
  })

  it('name a dead file', () => {
    const dead = planted({
      'src/cli/main.ts': "const file = new URL('./worker.js', import.meta.url)",
      'src/cli/worker.ts': "import { used } from './used.ts'",
      'src/cli/used.ts': '',
      'src/cli/dead.ts': "import { used } from './used.ts'",
    })
    expect(deadFiles(dead, 'src/cli/main.ts')).toEqual(['src/cli/dead.ts is imported by nobody'])
  })

  it('measure lengths without tests', () => {
    const lines = (n: number) => 'x\n'.repeat(n)
    const files = planted({ 'src/a.ts': lines(10), 'src/b.ts': lines(20), 'src/c.ts': lines(500), 'src/c.test.ts': '' })
    expect(fileLengths(files)).toMatchObject({ files: 3, medianLines: 20, p90Lines: 500 })
  })

  it('name a forbidden line', () => {
    const marked = planted({ 'src/a.ts': `fine\n// ${'TO' + 'DO'}: later`, 'README.md': `see /${'wo' + 'rk'}/main` })
    expect(forbiddenLines(marked, { ...UNFINISHED, ...OUTSIDE })).toEqual([
      'src/a.ts:2 holds an unfinished mark',
      'README.md:1 holds a path of the machine it was written on',
    ])
  })
})
