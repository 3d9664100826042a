import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { objectsOf } from './run-cli.ts'
import { runHere } from './run-here.ts'

const folder = mkdtempSync(join(tmpdir(), 'wakeful-facts-'))
const asked: string[] = []
let server: Server
let mode: 'hang' | 'answer' = 'hang'

beforeAll(async () => {
  const http = createServer((request, response) => {
    asked.push(request.url!)
    if (mode === 'hang') return
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const list = { services: [[['example'], [`${base}/rdap`]]] }
    const registered = { events: [{ eventAction: 'registration', eventDate: '2026-11-01' }] }
    response.end(JSON.stringify(request.url === '/dns.json' ? list : registered))
  })
  server = http
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  vi.stubEnv('WAKEFUL_VIRUSTOTAL_URL', base)
  vi.stubEnv('WAKEFUL_RDAP_BOOTSTRAP', `${base}/dns.json`)
  vi.stubEnv('WAKEFUL_WHOIS', '127.0.0.1:1')
  return () => {
    vi.unstubAllEnvs()
    http.closeAllConnections()
    http.close()
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

const SCAN = ['scan', 'samples/det.pcap.gz', '--format', 'ndjson']

describe('facts beside an alert', () => {
  it('change nothing while everybody hangs, and hold nothing up, however long the scan was told to wait', async () => {
    mode = 'hang'
    vi.stubEnv('VIRUSTOTAL_API_KEY', 'secret')
    const plain = await runHere(SCAN)
    const hung = await runHere([...SCAN, '--enrich', 'reputation,age', '--enrich-wait', '3600'])
    expect(hung.out).toBe(plain.out)
    expect(asked.length).toBeGreaterThan(0)
    vi.stubEnv('VIRUSTOTAL_API_KEY', '')
  })

  it('are not asked for without the switch, without a key, or where asking is off', async () => {
    asked.length = 0
    await runHere(SCAN)
    await runHere([...SCAN, '--enrich', 'reputation'])
    await runHere([...SCAN, '--enrich', 'age', '--offline'])
    vi.stubEnv('WAKEFUL_OFFLINE', '1')
    await runHere([...SCAN, '--enrich', 'age'])
    vi.stubEnv('WAKEFUL_OFFLINE', '')
    expect(asked).toEqual([])
  })

  it('stand in the evidence with their day, of the registered domain and nothing else', async () => {
    mode = 'answer'
    asked.length = 0
    const { out } = await runHere([...SCAN, '--enrich', 'age', '--at', '2026-11-26', '--enrich-wait', '5'])
    const [incident] = objectsOf(out)
    expect(incident).toMatchObject({
      evidence: { facts: [{ kind: 'age', value: 25, words: 'newly registered: 2026-11-01, 25 days before' }] },
    })
    expect(asked).toEqual(['/dns.json', '/rdap/domain/jasper.example'])
    const { out: table } = await runHere([
      'scan',
      'samples/det.pcap.gz',
      '--enrich',
      'age',
      '--at',
      '2026-11-26',
      '--enrich-wait',
      '5',
    ])
    expect(table).toMatch(/ {2}facts {5}age: newly registered: 2026-11-01/)
  })
})

describe('lists that were named', () => {
  it('are looked up without asking anybody, and one that is not there is told of before anything is read', async () => {
    const list = join(folder, 'threats.txt')
    writeFileSync(list, 'a.jasper.example\n')
    asked.length = 0
    const { out } = await runHere([...SCAN, '--threats', list])
    expect(objectsOf(out)[0]).toMatchObject({ evidence: { facts: [{ kind: 'list', source: 'threats.txt' }] } })
    expect(asked).toEqual([])
    const missing = await runHere([...SCAN, '--threats', join(folder, 'absent')])
    expect(missing).toMatchObject({ code: 78, out: '' })
    expect(missing.err).toContain('cannot be read: check its name')
  })
})

describe('wakeful enrich', () => {
  it('asks once, and then the cache, also where nobody may be asked', async () => {
    mode = 'answer'
    asked.length = 0
    const words = [
      'enrich',
      'a.b.jasper.example',
      'jasper.example',
      '--cache',
      join(folder, 'cache'),
      '--at',
      '2026-11-26',
    ]
    const first = await runHere(words)
    expect(first).toMatchObject({ code: 0 })
    expect(first.out).toMatch(
      /^jasper\.example {2}age: newly registered: 2026-11-01, 25 days before \(127\.0\.0\.1:\d+, \d{4}-/,
    )
    const again = await runHere([...words, '--offline'])
    expect(again.out).toBe(first.out)
    expect(asked).toHaveLength(2)
  })

  it('says what nobody knows, and why', async () => {
    const list = join(folder, 'tranco.csv')
    writeFileSync(list, '1,example.org\n')
    const { out } = await runHere([
      'enrich',
      'evil.example',
      '--with',
      'popularity,reputation',
      '--popularity',
      list,
      '--format',
      'ndjson',
    ])
    expect(objectsOf(out)).toEqual([
      { kind: 'facts', domain: 'evil.example', facts: [], missing: { popularity: 'unknown', reputation: 'no-key' } },
    ])
  })

  it.each([
    [['--with', 'luck'], 64, '"luck" is none of reputation, age, popularity, list.'],
    [['--with', 'popularity'], 78, 'name one with --popularity FILE'],
    [['--threats', 'absent.txt'], 78, 'The list absent.txt cannot be read'],
    [['--with', 'reputation', '--key-file', 'absent.key'], 78, 'The key file absent.key cannot be read'],
    [['--at', 'soon'], 64, 'Write a day as 2026-11-26.'],
    [['--wait', 'long'], 64, 'It is no number of seconds'],
    [['--cache', 'package.json'], 78, 'package.json cannot be made or is no folder'],
  ])('%j ends with %i and one sentence', async (options, code, sentence) => {
    const done = await runHere(['enrich', 'evil.example', ...options])
    expect(done).toMatchObject({ code, out: '' })
    expect(done.err.trimEnd().split('\n')).toHaveLength(1)
    expect(done.err).toContain(sentence)
  })
})
