import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SmallCheckout } from '../house/checkout.ts'
import { ROOT } from '../house/tree.ts'

const RUN = join(ROOT, 'scripts', 'run.cjs')
const require = createRequire(import.meta.url)
const { VERBS, route, callersFolder } = require('../../scripts/setup/route.cjs')
const { installedAsLocked } = require('../../scripts/setup/install.cjs')
const { hashSources } = require('../../scripts/setup/build.cjs')

describe('the gate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wakeful-gate-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** Runs the script believing itself on another Node; `nothing` is no mode, so past the gate it says so and ends. */
  function onNode(version: string) {
    const pretend = join(folder, `node-${version}.cjs`)
    const versions = `{ ...process.versions, node: '${version}' }`
    writeFileSync(pretend, `Object.defineProperty(process, 'versions', { value: ${versions} })`)
    return spawnSync(process.execPath, ['--require', pretend, RUN, 'nothing'], { encoding: 'utf8' })
  }

  it.each(['0.12.18', '8.17.0', '18.20.8', '20.18.3'])('turns Node %s away with one sentence', (version) => {
    const { status, stdout, stderr } = onNode(version)
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^wakeful needs Node 20\.19 or newer, and this is Node [\d.]+: .*nodejs\.org.*\.\n$/)
    expect(stderr).toContain(`this is Node ${version}:`)
  })

  it.each(['20.19.0', '20.20.2', '21.0.0', '24.1.0', '100.0.0'])('lets Node %s in', (version) => {
    const { status, stdout, stderr } = onNode(version)
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^wakeful: say what to run/)
  })

  it('is written in ECMAScript 5', () => {
    const file = ts.createSourceFile('run.cjs', readFileSync(RUN, 'utf8'), ts.ScriptTarget.Latest, true)
    expect(newerThanES5(file)).toEqual([])
  })

  it('would be told from newer syntax', () => {
    const newer = 'let a = `b`; const f = () => a?.c; class D {}; f(...[a], ); async function g({ h }) {}'
    const file = ts.createSourceFile('new.cjs', newer, ts.ScriptTarget.Latest, true)
    const kinds = [
      'let',
      ts.SyntaxKind[ts.SyntaxKind.NoSubstitutionTemplateLiteral],
      'ArrowFunction',
      'QuestionDotToken',
      'ClassDeclaration',
    ]
    const more = ['SpreadElement', 'trailing comma', 'AsyncKeyword', 'ObjectBindingPattern']
    for (const kind of [...kinds, ...more]) expect(newerThanES5(file)).toContain(kind)
  })
})

/** Names of the syntax in a file that a parser of ECMAScript 5 would stumble over. */
function newerThanES5(file: ts.SourceFile): string[] {
  const { SyntaxKind: kind, NodeFlags: flags } = ts
  const newer = new Set<ts.SyntaxKind>([
    ...[kind.ArrowFunction, kind.ClassDeclaration, kind.ClassExpression, kind.TemplateExpression],
    ...[kind.NoSubstitutionTemplateLiteral, kind.TaggedTemplateExpression, kind.SpreadElement, kind.SpreadAssignment],
    ...[kind.ObjectBindingPattern, kind.ArrayBindingPattern, kind.ForOfStatement, kind.YieldExpression],
    ...[kind.AwaitExpression, kind.AsyncKeyword, kind.QuestionDotToken, kind.QuestionQuestionToken],
    ...[kind.AsteriskAsteriskToken, kind.BigIntLiteral, kind.ShorthandPropertyAssignment, kind.MethodDeclaration],
    ...[kind.ComputedPropertyName, kind.ImportDeclaration, kind.ExportDeclaration],
  ])
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (newer.has(node.kind)) found.push(kind[node.kind])
    if (ts.isVariableDeclarationList(node) && node.flags & flags.BlockScoped) found.push('let')
    if (ts.isCallExpression(node) && node.arguments.hasTrailingComma) found.push('trailing comma')
    if (ts.isCatchClause(node) && !node.variableDeclaration) found.push('catch without a name')
    for (const child of node.getChildren(file)) visit(child)
  }
  visit(file)
  return found
}

describe('what `npm start` means', () => {
  it('is the shipped samples without words, from the checkout', () => {
    expect(route([], '/somewhere')).toEqual({ args: ['scan', 'samples'], folder: ROOT })
  })

  it('is the verb itself where the first word is one', () => {
    for (const verb of VERBS) {
      expect(route([verb, 'x'], '/somewhere')).toEqual({ args: [verb, 'x'], folder: '/somewhere' })
    }
  })

  it.each([['capture.pcap'], ['-'], ['--format', 'ndjson', 'a.log'], ['scanner.log'], ['./scan']])(
    'is a scan for %s',
    (...words) => {
      expect(route(words, '/somewhere')).toEqual({ args: ['scan', ...words], folder: '/somewhere' })
    },
  )

  it('takes paths from the folder npm was called in', () => {
    const env = { npm_lifecycle_event: 'start', INIT_CWD: '/called/here' }
    expect(callersFolder('start', env, ROOT)).toBe('/called/here')
  })

  it('does not believe an INIT_CWD left over from an npm further up', () => {
    expect(callersFolder('start', { npm_lifecycle_event: 'test', INIT_CWD: '/up' }, ROOT)).toBe(ROOT)
    expect(callersFolder('start', { npm_lifecycle_event: 'start', INIT_CWD: '/up' }, '/else')).toBe('/else')
    expect(callersFolder('start', { INIT_CWD: '/up' }, ROOT)).toBe(ROOT)
  })
})

describe('whether packages must be installed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wakeful-install-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const other = process.platform === 'win32' ? 'linux' : 'win32'
  const locked = {
    '': { devDependencies: { a: '1.0.0' } },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/a/node_modules/b': { version: '2.0.0' },
    'node_modules/other': { version: '1.0.0', optional: true, os: [other] },
    'node_modules/here': { version: '1.0.0', optional: true, os: [`!${other}`], cpu: [process.arch] },
  }
  const installed = { a: '1.0.0', 'a/node_modules/b': '2.0.0', here: '1.0.0' }

  function verdict(change: {
    wishes?: Record<string, string>
    packages?: Record<string, string>
    record?: string[] | undefined
  }): boolean {
    rmSync(folder, { recursive: true, force: true })
    const write = (name: string, value: unknown) => {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), JSON.stringify(value))
    }
    write('package.json', { devDependencies: change.wishes ?? { a: '1.0.0' }, scripts: { any: 'thing' } })
    write('package-lock.json', { packages: locked })
    const packages = change.packages ?? installed
    for (const [name, version] of Object.entries(packages)) write(`node_modules/${name}/package.json`, { version })
    const record = 'record' in change ? change.record : Object.keys(packages)
    const entries = record?.map((name) => [`node_modules/${name}`, {}])
    if (entries) write('node_modules/.package-lock.json', { packages: Object.fromEntries(entries) })
    return !installedAsLocked(folder)
  }

  it.each([
    ['all is there, one optional package for another machine left out', {}, false],
    ['a package is missing', { packages: { a: '1.0.0', here: '1.0.0' } }, true],
    ['one has another version', { packages: { ...installed, a: '1.0.1' } }, true],
    [
      'an optional package is missing, since it may not fit',
      { packages: { a: '1.0.0', 'a/node_modules/b': '2.0.0' } },
      false,
    ],
    ['node_modules came from another machine', { packages: { ...installed, other: '1.0.0' } }, true],
    ['npm never finished', { record: undefined }, true],
    ['npm recorded what the lockfile no longer names', { record: ['a', 'gone'] }, true],
    ['npm recorded what is not there', { packages: { here: '1.0.0' }, record: Object.keys(installed) }, true],
    ['package.json asks for another version', { wishes: { a: '1.0.1' } }, true],
    ['package.json asks for one more', { wishes: { a: '1.0.0', c: '1.0.0' } }, true],
  ])('%s', (_case, change, answer) => {
    expect(verdict(change)).toBe(answer)
  })
})

describe('from a checkout', () => {
  const checkout = new SmallCheckout()
  const elsewhere = mkdtempSync(join(checkout.root, '..', 'else where '))
  beforeAll(() => {
    // The first run builds; the others find it built.
    expect(checkout.run(['build'])).toEqual({ code: 0, stdout: '', stderr: 'wakeful: building\n' })
  })
  afterAll(() => checkout.remove())

  it('is quiet where nothing is to do', () => {
    const { stdout, stderr } = checkout.run(['start'])
    expect(JSON.parse(stdout)).toEqual({ words: ['scan', 'samples'], folder: checkout.root, stdin: '' })
    expect(stderr).toBe('')
  })

  it('runs in the folder it was called from, with its input and exit code', () => {
    const { code, stdout } = checkout.run(['start', 'a b.pcap', '-', '--exit', '65'], {
      folder: elsewhere,
      input: 'x y',
    })
    expect(code).toBe(65)
    expect(JSON.parse(stdout)).toEqual({
      words: ['scan', 'a b.pcap', '-', '--exit', '65'],
      folder: elsewhere,
      stdin: 'x y',
    })
  })

  it('runs in the folder npm was called from', () => {
    const env = { npm_lifecycle_event: 'start', INIT_CWD: elsewhere }
    expect(JSON.parse(checkout.run(['start', 'explain', 'x'], { env }).stdout).folder).toBe(elsewhere)
  })

  it('builds again when a source changed, and not when a test did', () => {
    const before = hashSources(checkout.root)
    checkout.write('src/cli/main.test.ts', 'this is no TypeScript')
    expect(hashSources(checkout.root)).toBe(before)
    checkout.write('src/cli/more.ts', 'export const more = 1\n')
    expect(hashSources(checkout.root)).not.toBe(before)
    expect(checkout.run(['build']).stderr).toBe('wakeful: building\n')
    expect(existsSync(checkout.path('dist/cli/more.js'))).toBe(true)
  })

  it('keeps the last good build when a new one fails, and says so', () => {
    const good = checkout.read('dist/cli/main.js')
    checkout.write('src/cli/wrong.ts', "export const wrong: number = 'text'\n")
    const { code, stdout, stderr } = checkout.run(['start'])
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain('src/cli/wrong.ts(1,14): error TS2322')
    expect(stderr).toMatch(/wakeful: the build failed with the errors above; [^\n]*\n$/)
    expect(checkout.read('dist/cli/main.js')).toBe(good)
    expect(existsSync(checkout.path('dist/cli/wrong.js'))).toBe(false)
    rmSync(checkout.path('src/cli/wrong.ts'))
    expect(checkout.run(['start']).code).toBe(0)
  })

  it('takes turns with others that start at the same moment', async () => {
    rmSync(checkout.path('dist'), { recursive: true })
    const all = await Promise.all(['a', 'b', 'c'].map((name) => checkout.runBeside(['start', name])))
    expect(all.map(({ code, stdout }) => [code, JSON.parse(stdout).words[1]])).toEqual([
      [0, 'a'],
      [0, 'b'],
      [0, 'c'],
    ])
    expect(all.filter(({ stderr }) => stderr.includes('wakeful: building'))).toHaveLength(1)
    expect(existsSync(checkout.path('.wakeful-setup/lock'))).toBe(false)
  })

  it('takes the lock of one that died without a word', () => {
    rmSync(checkout.path('dist'), { recursive: true })
    checkout.write('.wakeful-setup/lock/owner', 'somebody else, long ago')
    const { code, stderr } = checkout.run(['start'])
    expect(code).toBe(0)
    expect(stderr).toBe('wakeful: waiting for another set-up of this checkout to finish\nwakeful: building\n')
  })
})
