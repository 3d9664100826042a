import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Cli, objectsOf } from './run-cli.ts'

/** In order of their alerts. */
const TUNNELS = ['jasper.example', 'willow.example', 'golf.test']
const FILES = ['samples/iodine.pcap.gz', 'samples/dnscat2.pcap.gz', 'samples/det.pcap.gz', 'samples/benign.pcap.gz']

let cli: Cli
beforeAll(async () => (cli = await Cli.build()), 120_000)
afterAll(() => cli.remove())

describe('wakeful scan', () => {
  it('names the tunnels of the samples and nothing else, as one observation or each by itself', () => {
    for (const words of [['samples'], ['--each', 'samples']]) {
      const { code, out } = cli.run(['scan', ...words, '--format', 'ndjson'])
      expect(code).toBe(0)
      const incidents = objectsOf(out)
      expect(incidents.map((incident) => incident.registeredDomain)).toEqual(TUNNELS)
      for (const incident of incidents) {
        expect(incident.severity).not.toBe('low')
        expect(incident.queriesBeforeAlert).toBeLessThanOrEqual(10)
      }
    }
  })

  it('prints a table that fits 80 columns, without colour where nobody looks', () => {
    const { out } = cli.run(['scan', 'samples'], { env: { NO_COLOR: undefined, FORCE_COLOR: '1' } })
    for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
    expect(out).toMatch(/^[\n\x20-\x7e]+$/)
    expect(out).toContain('\n3 alerts, 0 look-up services; 4 inputs, ')
  })

  it('prints the same bytes twice, and for inputs in any order', () => {
    const words = ['scan', '--format', 'ndjson']
    const first = cli.run([...words, ...FILES]).out
    expect(first).not.toBe('')
    expect(cli.run([...words, ...FILES]).out).toBe(first)
    expect(cli.run([...words, ...FILES.toReversed()]).out).toBe(first)
    expect(cli.run([...words, 'samples']).out).toBe(first)
  })

  it('reads a file that is named twice once, and says so', () => {
    const once = cli.run(['scan', FILES[1], '--format', 'ndjson'])
    const twice = cli.run(['scan', FILES[1], FILES[1], '--format', 'ndjson'])
    expect(twice.out).toBe(once.out)
    expect(twice.err).toContain('is read once')
  })

  it('reads standard input', () => {
    const { code, out } = cli.run(['scan', '-', '--format', 'ndjson'], { input: readFileSync(FILES[1]) })
    expect(code).toBe(0)
    expect(objectsOf(out).map(({ registeredDomain, source }) => [registeredDomain, source])).toEqual([
      ['willow.example', '-'],
    ])
  })

  it('writes csv with a header and a line an incident', () => {
    const lines = cli.run(['scan', ...FILES.slice(0, 2), '--format', 'csv']).out.split('\r\n')
    expect(lines.length).toBe(4)
    expect(lines[0].startsWith('id,registeredDomain,')).toBe(true)
    expect(lines[3]).toBe('')
  })

  it('exits 2 for findings as bad as --fail-on or worse', () => {
    expect(cli.run(['scan', FILES[1], '--fail-on', 'high']).code).toBe(2)
    expect(cli.run(['scan', FILES[3], '--fail-on', 'low']).code).toBe(0)
  })

  it('makes ids of the name of the observation', () => {
    const ids = ['default', 'other'].map((name) =>
      objectsOf(cli.run(['scan', FILES[1], '--format', 'ndjson', '--name', name]).out).map(({ id }) => id),
    )
    expect(ids[0]).not.toEqual(ids[1])
  })

  it('counts what was read', () => {
    const file = cli.at('stats.json')
    expect(cli.run(['scan', 'samples', '--stats', file]).code).toBe(0)
    const stats = JSON.parse(readFileSync(file, 'utf8'))
    expect(Object.keys(stats).slice(0, 15)).toEqual([
      ...['inputs', 'packets', 'messages', 'queries', 'responses', 'rows', 'malformed', 'skipped', 'clients'],
      ...['domains', 'incidents', 'alerts', 'seconds', 'peakRssMiB', 'perInput'],
    ])
    // The captures' clients are three; the benign one asks for 4,000 names.
    expect(stats).toMatchObject({ inputs: 4, queries: 5932, malformed: {}, clients: 3, incidents: 3, alerts: 3 })
    expect(stats.domains).toBeGreaterThan(1000)
    expect(stats.perInput.map((input: { source: string }) => input.source)).toEqual([
      ...['benign.pcap.gz', 'det.pcap.gz', 'dnscat2.pcap.gz', 'iodine.pcap.gz'],
    ])
    for (const name of ['packets', 'messages', 'queries', 'responses', 'rows', 'skipped']) {
      const sum = stats.perInput.reduce((total: number, input: Record<string, number>) => total + input[name], 0)
      expect(stats[name], name).toBe(sum)
    }
    expect(stats.leftOut).toEqual([])
    expect(readdirSync(cli.folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('names what it left out of a folder', () => {
    const folder = cli.at('mixed')
    cpSync('samples', folder, { recursive: true })
    writeFileSync(join(folder, 'README.md'), '# What these files are\n\nText, not names.\n')
    const file = cli.at('left-out.json')
    expect(cli.run(['scan', folder, '--stats', file]).code).toBe(0)
    const { leftOut } = JSON.parse(readFileSync(file, 'utf8'))
    expect(leftOut).toEqual([{ source: 'README.md', reason: expect.stringContaining('README.md') }])
  })

  it('goes on from the accounts of an earlier scan', () => {
    const [head, tail] = cutCapture(gunzipSync(readFileSync(FILES[1])), 200)
    const words = ['--format', 'ndjson', '--state', cli.at('state')]
    const [first] = objectsOf(cli.run(['scan', '-', ...words], { input: head }).out)
    const [second] = objectsOf(cli.run(['scan', '-', ...words], { input: tail }).out)
    const [whole] = objectsOf(cli.run(['scan', '-', '--format', 'ndjson'], { input: readFileSync(FILES[1]) }).out)
    expect(first.queries).toBeLessThan(whole.queries as number)
    const { detectors: _detectors, score: _score, ...figures } = whole
    expect(second).toMatchObject(figures)
    // A scan that brings nothing new has nothing to say.
    expect(cli.run(['scan', '-', ...words], { input: tail }).out).toBe('')
  })
})

/** A little-endian pcap as two, the first with so many packets. */
function cutCapture(capture: Buffer, packets: number): [Buffer, Buffer] {
  let at = 24
  for (let packet = 0; packet < packets; packet++) at += 16 + capture.readUInt32LE(at + 8)
  return [capture.subarray(0, at), Buffer.concat([capture.subarray(0, 24), capture.subarray(at)])]
}
