import { spawnSync } from 'node:child_process'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { LIVE_KINDS } from '../../src/sources/live/index.ts'
import { RunningService } from '../browser/running-service.ts'
import { Cli } from './run-cli.ts'

let cli: Cli
beforeAll(async () => {
  cli = await Cli.build()
}, 120_000)
afterAll(() => cli.remove())

const running: RunningService[] = []
afterEach(async () => {
  for (const service of running.splice(0)) {
    service.child.kill('SIGKILL')
    await service.ended
  }
})

async function start(...words: string[]): Promise<RunningService> {
  const service = await RunningService.start(cli.path, words)
  running.push(service)
  return service
}

let count = 0
const fresh = () => cli.at(`journal${++count}`)
const lines = (domain: string, from: number) =>
  Array.from({ length: 60 }, (_, i) => {
    const hex = Array.from({ length: 40 }, (_, j) =>
      (((i + 7) * (j + 3) * 2_654_435_761 + from) % 16).toString(16),
    ).join('')
    return `[${1_795_000_000 + i}] unbound[7:0] info: 10.0.0.9 ${i}${hex}.${domain}. TXT IN\n`
  }).join('')

describe('a service that cannot start says in one sentence what to do', () => {
  const said = (...words: string[]) => cli.run(['watch', ...words])

  it.each([
    [['--listen', '0.0.0.0:0'], 78, 'can be reached from other machines, and there is no TLS'],
    [['--listen', '[::]:0'], 78, 'can be reached from other machines'],
    [['--listen', 'nonsense'], 78, 'name HOST:PORT'],
    [['--from', 'nonsense:/x'], 64, 'is no live source'],
    [['--from', 'pcap:/x.pcap'], 64, 'name pcap:- and pipe tcpdump'],
    [['--from', 'dnstap:/x'], 64, 'dnstap:unix:PATH'],
    [['-c', '/nowhere.yaml'], 78, 'cannot be read'],
    [['--journal', '/dev/null/nowhere'], 74, 'cannot be written'],
    [['--model', '/nowhere'], 78, '/nowhere'],
  ])('%j: exit %i', (words, code, sentence) => {
    const {
      code: left,
      err,
      out,
    } = said('--listen', '127.0.0.1:0', ...(words.includes('--journal') ? [] : ['--journal', fresh()]), ...words)
    expect(err).toContain(sentence)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect({ left, out }).toEqual({ left: code, out: '' })
  })

  it('a port in use, and a journal in use', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const kept = fresh()
    const taken = said('--listen', `127.0.0.1:${port}`, '--journal', kept)
    server.close()
    // The token of a start that failed was shown to nobody, so that the next start shows one.
    expect((await start('--journal', kept)).token).not.toBe('')
    expect(taken).toMatchObject({ code: 78, err: expect.stringContaining('is in use') })
    const journal = fresh()
    await start('--journal', journal)
    expect(said('--listen', '127.0.0.1:0', '--journal', journal)).toMatchObject({
      code: 74,
      err: expect.stringMatching(/is in use by process \d+: end that one, or name another folder/),
    })
  })

  it('a socket that may not be made', () => {
    const { code, err } = said(
      '--listen',
      '127.0.0.1:0',
      '--journal',
      fresh(),
      '--from',
      'dnstap:unix:/nowhere/tap.sock',
    )
    expect({ code, lines: err.trimEnd().split('\n').length }).toMatchObject({ code: 65 })
    expect(err).toContain('dnstap:unix:/nowhere/tap.sock cannot be listened on')
  })
})

describe.skipIf(process.platform === 'win32')('a service that runs', () => {
  it('takes a changed configuration at SIGHUP, and keeps the old one where there is a mistake in it', async () => {
    const log = cli.at('hup.log')
    const config = cli.at('hup.yaml')
    const [first, second] = [cli.at('first.ndjson'), cli.at('second.ndjson')]
    const write = (text: string) => writeFileSync(config, text)
    writeFileSync(log, '')
    const base = `journal: ${fresh()}\nsources: ["unbound:${log}"]\n`
    write(`${base}alerts: [{type: file, name: a, path: ${first}}]\n`)
    const service = await start('-c', config)
    appendFileSync(log, lines('one.test', 1))
    await service.until(() => readOr(first).includes('one.test'), 'the first file')
    expect(JSON.parse(readOr(first).split('\n')[0]).source).toBe(log)
    write(`${base}alrts: []\n`)
    service.child.kill('SIGHUP')
    await service.until(() => service.said.includes('was not taken'), 'the mistake to be told')
    expect(service.said).toContain('did you mean alerts?')
    appendFileSync(log, lines('two.test', 2))
    await service.until(() => readOr(first).includes('two.test'), 'the first file, still')
    write(`${base}alerts: [{type: file, name: b, path: ${second}}]\nretentionDays: 30\nname: other\n`)
    service.child.kill('SIGHUP')
    await service.until(() => service.said.includes('was read again'), 'the change to be told')
    expect(service.said).toMatch(/name: changed with a restart only/)
    appendFileSync(log, lines('three.test', 3))
    await service.until(() => readOr(second).includes('three.test'), 'the second file')
    expect(readOr(first)).not.toContain('three.test')
    expect(await service.stop()).toBe(0)
  }, 60_000)

  it('listens with TLS, to a token of the configuration, and logs as JSON', async () => {
    if (spawnSync('openssl', ['version']).status !== 0)
      return console.warn('SKIPPED: there is no openssl to make a certificate.')
    const [cert, key] = [cli.at('cert.pem'), cli.at('key.pem')]
    const made = spawnSync('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert],
    ])
    expect(made.status).toBe(0)
    const token = 'a-token-of-forty-letters-made-by-a-person'
    writeFileSync(cli.at('token'), `${token}\n`)
    const config = cli.at('tls.yaml')
    writeFileSync(
      config,
      `journal: ${fresh()}\nlog: json\nlisten: {tls: {certFile: ${cert}, keyFile: ${key}}}\ntokens: [{name: g, role: viewer, token: {file: ${cli.at('token')}}}]\n`,
    )
    const child = (await import('node:child_process')).spawn(process.execPath, [
      cli.path,
      'watch',
      '-c',
      config,
      '--listen',
      '127.0.0.1:0',
    ])
    let said = ''
    child.stderr.on('data', (chunk) => {
      said += String(chunk)
    })
    while (!said.includes('https://')) {
      if (child.exitCode !== null) throw new Error(said)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const address = /https:\/\/127\.0\.0\.1:\d+/.exec(said)![0]
    expect(said).not.toContain('shown this once')
    for (const line of said.trim().split('\n'))
      expect(JSON.parse(line)).toMatchObject({ service: 'wakeful', msg: expect.any(String) })
    const { request } = await import('node:https')
    const ask = (path: string) =>
      new Promise<number>((resolve, reject) => {
        request(
          `${address}${path}`,
          { ca: readFileSync(cert), headers: { authorization: `Bearer ${token}` } },
          (answer) => {
            answer.resume()
            resolve(answer.statusCode!)
          },
        )
          .on('error', reject)
          .end()
      })
    expect(await ask('/api/health')).toBe(200)
    expect(await ask('/api/audit')).toBe(403)
    child.kill('SIGTERM')
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0)
  }, 60_000)

  it('forgets what was found in the samples once there is a source', async () => {
    const journal = fresh()
    const demo = await start('--journal', journal)
    const { token } = demo
    const total = async (service: RunningService) =>
      ((await service.ask('/api/incidents', {}, token)).body as { total: number }).total
    await demo.until(async () => (await total(demo)) > 0, 'the samples')
    expect(await demo.stop()).toBe(0)
    writeFileSync(cli.at('own.log'), '')
    const own = await start('--journal', journal, '--from', `unbound:${cli.at('own.log')}`)
    expect(await total(own)).toBe(0)
    expect(await own.stop()).toBe(0)
  }, 60_000)

  it('shows during a burn-in what would alert, and sends nothing', async () => {
    const log = cli.at('burn.log')
    const file = cli.at('burn.ndjson')
    const config = cli.at('burn.yaml')
    writeFileSync(log, lines('burn.test', 4))
    writeFileSync(
      config,
      `journal: ${fresh()}\nburnIn: 1h\nsources: ["unbound:${log}"]\nalerts: [{type: file, path: ${file}}]\n`,
    )
    const service = await start('-c', config)
    await service.until(
      async () => ((await service.ask('/api/burn-in')).body as { alerts: number }).alerts === 1,
      'what would alert',
    )
    expect(readOr(file)).toBe('')
    expect(await service.stop()).toBe(0)
  }, 60_000)

  it('learns beside the detector where it is told to, and shows that it does', async () => {
    const log = cli.at('learn.log')
    writeFileSync(log, lines('learn.test', 5))
    const service = await start('--journal', fresh(), '--from', `unbound:${log}`, '--learn')
    const models = async () =>
      (await service.ask('/api/models')).body as {
        learning: boolean
        taught: { malicious: number } | null
        samples: object[]
      }
    await service.until(async () => (await models()).samples.length > 0, 'a sample')
    expect((await models()).learning).toBe(true)
    expect(await service.stop()).toBe(0)
  }, 60_000)
})

it('names every kind of live source in its help', () => {
  const { out } = cli.run(['watch', '--help'])
  for (const kind of LIVE_KINDS) expect(out).toContain(`${kind}:`)
})

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
