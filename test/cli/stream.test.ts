import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Cli, objectsOf } from './run-cli.ts'

describe('streams without a broker', () => {
  let cli: Cli
  beforeAll(async () => {
    cli = await Cli.build()
  }, 120_000)
  afterAll(() => cli.remove())

  it('replays a capture as messages, one a line, and says how many', () => {
    const path = cli.at('messages.ndjson')
    const { code, err } = cli.run(['replay', 'samples/det.pcap.gz', '--to', path])
    expect(code).toBe(0)
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
    const last = JSON.parse(lines.at(-1)!) as { kind: string; end: boolean }
    expect(last).toMatchObject({ kind: 'marker', end: true })
    expect(err).toContain(`${(lines.length - 1).toLocaleString('en-US')} messages written to`)
    expect(JSON.parse(lines[0])).toMatchObject({ client: '10.20.10.10', qtype: 'A' })
  })

  it('watches files in this process: a prediction a query, and revisions of incidents', () => {
    const { code, out } = cli.run(['watch', '--from', 'samples/det.pcap.gz'])
    expect(code).toBe(0)
    const said = objectsOf(out)
    const incidents = said.filter(
      ({ kind, registeredDomain }) => kind === 'incident' && registeredDomain === 'jasper.example',
    )
    expect(incidents.map(({ revision }) => revision)).toEqual(incidents.map((_, i) => i + 1))
    expect(said.filter(({ kind }) => kind === 'prediction').length).toBeGreaterThan(1400)
    const [scanned] = objectsOf(cli.run(['scan', 'samples/det.pcap.gz', '--format', 'ndjson']).out)
    const last = incidents.at(-1)!
    for (const field of ['id', 'queries', 'queriesBeforeAlert', 'bytesOut', 'severity', 'class'])
      expect(last[field], field).toEqual(scanned[field])
  })

  it.each<[string, string[], string]>([
    [
      'an address without a topic',
      ['watch', '--from', 'kafka://localhost:9092/', '--to', 'kafka://localhost/x', '--state', 's'],
      'names no topic',
    ],
    [
      'a topic without a state',
      ['watch', '--from', 'kafka://localhost/x', '--to', 'kafka://localhost/y'],
      'A stream needs --state FOLDER',
    ],
    [
      'a topic written to a file',
      ['watch', '--from', 'kafka://localhost/x', '--to', 'out', '--state', 's'],
      'is written to topics',
    ],
    [
      'two topics',
      ['watch', '--from', 'kafka://a/x', 'kafka://a/y', '--to', 'kafka://a/z', '--state', 's'],
      'One worker reads one topic',
    ],
    ['files with a state', ['watch', '--from', 'samples', '--state', 's'], 'use wakeful scan --state'],
    [
      'a topic passed on to a file',
      ['replay', 'kafka://localhost/x', '--to', 'out'],
      'A topic is passed on to another',
    ],
    [
      'no incident',
      ['feedback', 'evil.example', '--verdict', 'benign', '--state', 's'],
      'An incident is named by its id',
    ],
    ['a rate of nothing', ['replay', 'samples', '--to', '-', '--rate', '0'], 'whole number above zero'],
  ])('says of %s in one sentence what to do', (_, words, sentence) => {
    const { code, out, err } = cli.run(words)
    expect(code).toBe(64)
    expect(out).toBe('')
    expect(err).toContain(sentence)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })
})
