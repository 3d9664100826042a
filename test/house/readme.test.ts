import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtCli } from './built-cli.ts'
import { type Command, commandsIn, commandsOf, optionsOf, partsOf } from './readme.ts'
import { ROOT } from './tree.ts'

const { route } = createRequire(import.meta.url)('../../scripts/setup/route.cjs')

const README = join(ROOT, 'README.md')
const markdown = existsSync(README) && existsSync(join(ROOT, 'src/cli/main.ts')) ? readFileSync(README, 'utf8') : ''

/** Verbs that go on until they are stopped, or that need a peer, and the option that serves a page. */
const UNENDING = ['watch', '--port']
/** Options whose value is a file that must be there already. The values of all others are made by the command. */
const READ = ['--model', '--config', '--labels', '--manifest']

describe.skipIf(markdown === '')('every command in the README', () => {
  // Commands may write files, and later ones read them: they share a folder that holds what ships.
  const folder = mkdtempSync(join(tmpdir(), 'wakeful-readme-'))
  const helps = new Map<string, string>()
  let cli = ''
  let ran = 0

  beforeAll(async () => {
    cli = await builtCli()
    for (const name of ['samples', 'models']) {
      mkdirSync(join(folder, name), { recursive: true })
      if (existsSync(join(ROOT, name))) cpSync(join(ROOT, name), join(folder, name), { recursive: true })
    }
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  function run(words: readonly string[]) {
    return spawnSync(process.execPath, [cli, ...words], {
      cwd: folder,
      encoding: 'utf8',
      input: '',
      maxBuffer: 2 ** 28,
    })
  }

  function helpOf(path: readonly string[]): string {
    const key = path.join(' ')
    if (!helps.has(key)) {
      const { status, stdout } = run([...path, '--help'])
      expect(status, `\`wakeful ${key} --help\` exits 0`).toBe(0)
      helps.set(key, stdout)
    }
    return helps.get(key)!
  }

  it.each(commandsIn(markdown))('line $line: $text', ({ words, exit }: Command) => {
    const args = argumentsOf(words)
    const path: string[] = []
    while (commandsOf(helpOf(path)).includes(args[path.length])) path.push(args[path.length])
    const options = optionsOf(helpOf(path))
    const parts = partsOf(args.slice(path.length), options)
    if (path.length === 0) expect(parts.inputs, 'words that are no verb').toEqual([])
    for (const name of parts.options.keys()) expect([...options.keys()], `options of ${path}`).toContain(name)
    if (!canRun(path, parts)) return
    ran++
    const { status, stderr } = run(args)
    expect(status, stderr).toBe(exit)
  })

  it('was run, not only parsed, for some', () => {
    expect(ran).toBeGreaterThan(0)
  })

  /** Whether what the command reads is there; a placeholder such as `capture.pcapng` is only parsed. */
  function canRun(path: readonly string[], { inputs, options }: ReturnType<typeof partsOf>): boolean {
    if (UNENDING.includes(path[0]) || UNENDING.some((name) => options.has(name)) || inputs.includes('-')) return false
    const files = [...inputs, ...READ.flatMap((name) => options.get(name) ?? [])]
    return files.every((file) => existsSync(join(folder, file)))
  }
})

/** What the program is handed: after `wakeful`, or by way of `npm start`. */
function argumentsOf(words: readonly string[]): string[] {
  if (words[0] === 'wakeful') return words.slice(1)
  const end = words.indexOf('--')
  return route(end < 0 ? [] : words.slice(end + 1), '.').args
}

describe('reading a README', () => {
  it('finds commands, their words and the exit they promise', () => {
    const text = [
      'Run `wakeful scan x`:',
      '```sh',
      '$ wakeful scan samples \\',
      '    --format ndjson | jq .id   # one line each',
      'wakeful scan "a b.pcap" --fail-on high  # exit 2',
      'cat names.txt | sort',
      'npm start -- samples/x.pcap > out.txt',
      '```',
      '```ts',
      'wakeful scan nothing',
      '```',
    ].join('\n')
    expect(commandsIn(text)).toEqual([
      {
        line: 4,
        text: 'wakeful scan samples --format ndjson | jq .id',
        words: ['wakeful', 'scan', 'samples', '--format', 'ndjson'],
        exit: 0,
      },
      {
        line: 5,
        text: 'wakeful scan "a b.pcap" --fail-on high',
        words: ['wakeful', 'scan', 'a b.pcap', '--fail-on', 'high'],
        exit: 2,
      },
      {
        line: 7,
        text: 'npm start -- samples/x.pcap > out.txt',
        words: ['npm', 'start', '--', 'samples/x.pcap'],
        exit: 0,
      },
    ])
  })

  it('hands on what `npm start` would', () => {
    expect(argumentsOf(['npm', 'start'])).toEqual(['scan', 'samples'])
    expect(argumentsOf(['npm', 'start', '--silent', '--', 'x.pcap'])).toEqual(['scan', 'x.pcap'])
    expect(argumentsOf(['npm', 'start', '--', 'explain', 'x', '--domain', 'd'])).toEqual([
      'explain',
      'x',
      '--domain',
      'd',
    ])
  })

  it('tells inputs from options by the help', () => {
    const help =
      'Usage\n\nOptions:\n  -f, --format <format>  how\n  --each                 each --not-one\n  -h, --help  help\n'
    const options = optionsOf(help)
    const commands = 'Options:\n  -h  help\n\nCommands:\n  scan [options] <inputs...>  read\n  help [command]  help\n'
    expect(commandsOf(commands)).toEqual(['scan', 'help'])
    expect([...options]).toEqual([
      ['-f', true],
      ['--format', true],
      ['--each', false],
      ['-h', false],
      ['--help', false],
    ])
    expect(partsOf(['--format', 'csv', 'a', '--each', 'b', '--html=c', '-'], options)).toEqual({
      inputs: ['a', 'b', '-'],
      options: new Map([
        ['--format', 'csv'],
        ['--each', ''],
        ['--html', 'c'],
      ]),
    })
  })
})
