import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Cli, objectsOf } from './run-cli.ts'

const GOOD = 'samples/dnscat2.pcap.gz'
const IODINE = readFileSync('samples/iodine.pcap.gz')

let cli: Cli
beforeAll(async () => {
  cli = await Cli.build()
  const capture = gunzipSync(IODINE)
  mkdirSync(cli.at('none'))
  mkdirSync(cli.at('bad'))
  writeFileSync(cli.at('bad', 'truncated.pcap'), capture.subarray(0, 20_001))
  writeFileSync(cli.at('bad', 'cut.pcap.gz'), IODINE.subarray(0, 30_000))
  writeFileSync(cli.at('bad', 'corrupt.pcap'), Buffer.from(capture).fill(0xff, 5000, 5400))
  writeFileSync(cli.at('empty.pcap'), '')
  writeFileSync(cli.at('header.pcap'), capture.subarray(0, 24))
  writeFileSync(cli.at('unknown.bin'), Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i * 31) % 251)))
  writeFileSync(cli.at('words.txt'), 'This is a letter to a friend.\nIt says nothing about names.\n')
  writeFileSync(cli.at('bad', 'names.txt'), 'www.example.com\nmail.example.org\nexample.net\n')
}, 120_000)
afterAll(() => cli.remove())

/** Sentences on standard error, each about one thing. */
function sentences(err: string): string[] {
  return err.split('\n').filter(Boolean)
}

describe('a bad file among good ones', () => {
  it.each([
    ['truncated.pcap', 'ends in the middle'],
    ['cut.pcap.gz', 'breaks off in the middle of its gzip data'],
    ['corrupt.pcap', 'is corrupt at octet'],
  ])('%s is read as far as it goes, and named in one sentence', (name, reason) => {
    const file = cli.at('stats.json')
    const { code, out, err } = cli.run(['scan', cli.at('bad', name), GOOD, '--format', 'ndjson', '--stats', file])
    expect(code).toBe(0)
    const domains = objectsOf(out).map(({ registeredDomain }) => registeredDomain)
    expect(domains).toContain('willow.example')
    expect(sentences(err)).toEqual([expect.stringMatching(new RegExp(`^wakeful: .*${name} ${reason}`))])
    const { perInput } = JSON.parse(readFileSync(file, 'utf8'))
    const [bad] = perInput.filter((input: { source: string }) => input.source === name)
    expect(bad.failure).toContain(reason)
    expect(bad.packets).toBeGreaterThan(0)
  })

  it.each([
    ['missing.pcap', 'does not exist'],
    ['empty.pcap', 'is empty'],
    ['unknown.bin', 'unknown kind'],
    ['words.txt', 'is text, but no log'],
  ])('%s is named in one sentence', (name, reason) => {
    const file = cli.at('stats.json')
    const { code, out, err } = cli.run(['scan', GOOD, cli.at(name), '--format', 'ndjson', '--stats', file])
    expect(code).toBe(0)
    expect(objectsOf(out).length).toBe(1)
    expect(sentences(err)).toEqual([expect.stringContaining(`${name} `)])
    expect(err).toContain(reason)
    const { inputs, perInput } = JSON.parse(readFileSync(file, 'utf8'))
    expect(inputs).toBe(2)
    expect(perInput[1].failure).toContain(reason)
  })

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('may not be readable', () => {
    writeFileSync(cli.at('secret.pcap'), IODINE)
    chmodSync(cli.at('secret.pcap'), 0)
    const { code, err } = cli.run(['scan', GOOD, cli.at('secret.pcap')])
    expect(code).toBe(0)
    expect(err).toContain('secret.pcap may not be read by this user.')
  })

  it('has no time: its rows are their own observation, and the table says what that means', () => {
    const { code, out } = cli.run(['scan', cli.at('bad')])
    expect(code).toBe(0)
    expect(out).toContain('golf.test')
    expect(out.replaceAll('\n', ' ')).toContain('names.txt has no times: volume cannot be judged there')
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })
})

describe('nothing that can be read', () => {
  it.each([
    ['none', 'holds no file that wakeful reads'],
    ['missing.pcap', 'does not exist'],
    ['empty.pcap', 'is empty'],
    ['unknown.bin', 'unknown kind'],
  ])('%s: exit 65, nothing printed, counts written', (name, reason) => {
    const file = cli.at(`stats-${name}.json`)
    const { code, out, err } = cli.run(['scan', cli.at(name), '--stats', file])
    expect(code).toBe(65)
    expect(out).toBe('')
    expect(err).toContain(reason)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ packets: 0, rows: 0, incidents: 0, alerts: 0 })
    expect(cli.run(['explain', cli.at(name), '--domain', 'a.example']).code).toBe(65)
  })

  it('is not the same as a capture without packets', () => {
    const { code, out } = cli.run(['scan', cli.at('header.pcap')])
    expect(code).toBe(0)
    expect(out).toBe('0 alerts, 0 look-up services; 1 input, 0 rows read.\n')
  })

  it('may be an empty standard input', () => {
    const { code, err } = cli.run(['scan', '-'])
    expect(code).toBe(65)
    expect(sentences(err)[0]).toBe('wakeful: Standard input is empty.')
  })

  it('escapes what a file is called', () => {
    const name = cli.at('a\x1b]0;evil\x07\nb\u202e.pcap')
    const { code, err } = cli.run(['scan', name])
    expect(code).toBe(65)
    expect(err).toContain('a\\x1b]0;evil\\x07\\x0ab\\u{202e}.pcap does not exist.')
  })
})
