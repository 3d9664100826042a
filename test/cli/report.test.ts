import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Cli, objectsOf } from './run-cli.ts'

let cli: Cli
beforeAll(async () => (cli = await Cli.build()), 120_000)
afterAll(() => cli.remove())

describe('wakeful scan --html', () => {
  it('writes one whole file beside what is printed, the same each time', () => {
    const [first, second] = ['a.html', 'b.html'].map((name) => {
      const { code, out } = cli.run(['scan', 'samples', '--html', cli.at(name), '--format', 'ndjson'])
      expect(code).toBe(0)
      expect(objectsOf(out)).toHaveLength(3)
      return readFileSync(cli.at(name), 'utf8')
    })
    expect(second).toBe(first)
    expect(first.startsWith('<!doctype html>')).toBe(true)
    expect(first.endsWith('</html>\n')).toBe(true)
    for (const domain of ['golf.test', 'jasper.example', 'willow.example']) expect(first).toContain(domain)
    expect(first).toContain('<title>wakeful: 3 alerts in default</title>')
    expect(first).toContain('2026-11-22 10:58:46 to 11:07:03 UTC')
    expect(readdirSync(cli.folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('says why nothing could be read, rather than leave an older report in its place', () => {
    const { code } = cli.run(['scan', 'no-such-file.pcap', '--html', cli.at('nothing.html')])
    expect(code).toBe(65)
    const page = readFileSync(cli.at('nothing.html'), 'utf8')
    expect(page).toContain('No row was read')
    expect(page).toContain('no-such-file.pcap')
  })

  it('prints the findings where the report cannot be written, then exits 74', () => {
    const words = ['--format', 'ndjson', '--html', cli.at('no', 'such', 'folder.html')]
    const { code, out, err } = cli.run(['scan', 'samples/dnscat2.pcap.gz', ...words])
    expect(code).toBe(74)
    expect(objectsOf(out)).toHaveLength(1)
    expect(err).toContain('folder.html cannot be written')
    expect(existsSync(cli.at('no'))).toBe(false)
  })
})
