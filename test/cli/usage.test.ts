import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../house/tree.ts'
import { Cli, objectsOf } from './run-cli.ts'
import { runHere } from './run-here.ts'

let cli: Cli
beforeAll(async () => (cli = await Cli.build()), 120_000)
afterAll(() => cli.remove())

describe('what cannot be meant', () => {
  it.each([
    [['scan'], "missing required argument 'input'", 'wakeful scan --help'],
    [
      ['scan', '--fromat', 'csv', 'samples'],
      "unknown option '--fromat' (Did you mean --format?)",
      'wakeful scan --help',
    ],
    [['scan', 'samples', '--format', 'xml'], 'Allowed choices are table, ndjson, csv, ecs', 'wakeful scan --help'],
    [['scan', 'samples', '--port', '0'], 'A port is a number from 1 to 65535', 'wakeful scan --help'],
    [['scan', 'samples', '--port', '53x'], 'A port is a number from 1 to 65535', 'wakeful scan --help'],
    [['scan', 'samples', '--fail-on', 'bad'], 'Allowed choices are low, medium, high, critical', 'wakeful scan --help'],
    [['scan', 'samples', '--name', ''], 'It is empty', 'wakeful scan --help'],
    [['scan', 'samples', '--each', '--state', 's'], "cannot be used with option '--each'", 'wakeful scan --help'],
    [['explain', 'samples'], "required option '--domain <name>' not specified", 'wakeful explain --help'],
    [['explain', 'samples', '--domain', 'co.uk'], 'co.uk is no domain', 'such as example.com'],
    [
      ['evaluate', '--scan', '--manifest', 'm.csv', '--html', 'r.html'],
      'A report for a browser is made of learned models',
      'wakeful evaluate --help',
    ],
    [
      ['evaluate', '--evasion', '--manifest', 'm.csv', '--format', 'json'],
      'not in one object: --format ndjson',
      'wakeful evaluate --help',
    ],
    [
      ['evaluate', '--scan', '--manifest', 'm.csv', '--train-also', 'g.csv'],
      '--train-also is of models trained anew: add --leave-out tool',
      'wakeful evaluate --help',
    ],
    [
      ['evaluate', '--scan', '--manifest', 'm.csv', '--packets', 'dense'],
      '--packets is of models trained anew: add --fusion',
      'wakeful evaluate --help',
    ],
    [['scam', 'samples'], "unknown command 'scam' (Did you mean scan?)", 'wakeful --help'],
    [['samples/det.pcap.gz'], "unknown command 'samples/det.pcap.gz'", 'wakeful scan samples/det.pcap.gz'],
    [['--bogus'], "unknown option '--bogus'", 'wakeful --help'],
  ])('%j: exit 64, one sentence, the next step', async (words, problem, next) => {
    const { code, out, err } = await runHere(words)
    expect(code).toBe(64)
    expect(out).toBe('')
    expect(err.trimEnd().split('\n').length).toBe(1)
    expect(err).toContain(problem)
    expect(err).toContain(next)
  })

  it('no verb: the help, as an error', () => {
    const { code, out, err } = cli.run([])
    expect(code).toBe(64)
    expect(out).toBe('')
    expect(err).toContain('Commands:')
  })
})

describe('help and version', () => {
  it('are results', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(cli.run(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' })
    expect(cli.run(['--help']).code).toBe(0)
  })

  it.each(['scan', 'explain'])('%s has three examples and more, which run', async (verb) => {
    const { code, out } = cli.run([verb, '--help'])
    expect(code).toBe(0)
    const examples = [...out.matchAll(/^ {2}(wakeful [^\n]*?)( {2}.*)?$/gm)].map(([, words]) =>
      words.split(' ').slice(1),
    )
    expect(examples.length).toBeGreaterThanOrEqual(3)
    for (const words of examples) {
      const inside = words.map((word) => (/^(stats\.json|report\.html)$/.test(word) ? cli.at(word) : word))
      expect((await runHere(inside)).code, words.join(' ')).toBe(0)
    }
  })
})

describe('what is wrong around it', () => {
  it('a model that is none: exit 78', () => {
    const { code, err } = cli.run(['scan', 'samples', '--model', 'samples'])
    expect(code).toBe(78)
    expect(err).toContain('cannot be read; name a folder made by wakeful train')
  })

  it('a place that cannot be written to: the findings are printed, then exit 74', () => {
    const { code, out, err } = cli.run([
      'scan',
      'samples/dnscat2.pcap.gz',
      '--format',
      'ndjson',
      '--stats',
      cli.at('no', 'stats.json'),
    ])
    expect(code).toBe(74)
    expect(objectsOf(out).length).toBe(1)
    expect(err).toContain('stats.json cannot be written')
  })

  it.skipIf(process.platform === 'win32')('a reader that has enough: a quiet end', async () => {
    const child = spawn(process.execPath, [cli.path, 'scan', 'samples/dnscat2.pcap.gz', '--fail-on', 'high'], {
      cwd: ROOT,
    })
    child.stdout.destroy()
    let err = ''
    child.stderr.on('data', (part) => (err += part))
    const code = await new Promise((resolve) => child.once('close', resolve))
    expect(err).not.toMatch(/EPIPE|Error/)
    expect(code).toBe(2)
  })

  it.skipIf(process.platform === 'win32')('SIGINT: exit 130, nothing printed', async () => {
    const child = spawn(process.execPath, [cli.path, 'scan', '-', '--stats', cli.at('never.json')], { cwd: ROOT })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += part))
    const ended = new Promise((resolve) => child.once('close', resolve))
    // More than a pipe holds: once it is taken, the program reads and listens to signals.
    const capture = gunzipSync(readFileSync('samples/benign.pcap.gz'))
    await new Promise((resolve) => child.stdin.write(capture.subarray(0, -100), resolve))
    child.kill('SIGINT')
    expect(await ended).toBe(130)
    expect(said).toBe('')
  })
})
