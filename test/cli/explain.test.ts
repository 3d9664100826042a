import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Cli, objectsOf } from './run-cli.ts'

let cli: Cli
beforeAll(async () => (cli = await Cli.build()), 120_000)
afterAll(() => cli.remove())

function explain(...words: string[]) {
  const { code, out } = cli.run(['explain', ...words])
  expect(code).toBe(0)
  for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
  return out
}

describe('wakeful explain', () => {
  it('says why a domain is an alert: every account beside its limit, and what spoke against a look-up', () => {
    const out = explain('samples', '--domain', 'golf.test')
    expect(out).toMatch(/^golf\.test\ngolf\.test is an alert \((high|critical), confidence high\): /)
    expect(out).toMatch(/account, 10 minutes +[\d,]+ +512 octets {2}fired/)
    expect(out).toMatch(/account, 7 days +[\d,]+ +2,048 octets {2}fired/)
    expect(out).toMatch(/sequential-names, new names alone +[\d.]+ +\d+ {2}fired/)
    expect(out).toContain('- its names have no look-up form')
    expect(out).toMatch(/clients +10\.20\.2\.10 {2}253 queries/)
  })

  it('says why not, and takes the registered domain of a longer name', () => {
    const out = explain('samples', '--domain', 'WWW.Ameblo.jp')
    expect(out.replaceAll('\n', ' ')).toMatch(
      /^ameblo\.jp ameblo\.jp is no alert: the nearest to its limit is .* at .* %/,
    )
    expect(out).not.toContain('fired')
  })

  it('says so where a domain was never asked for, and names the nearest', () => {
    const out = explain('samples', '--domain', 'golf.tset')
    expect(out).toContain('golf.tset was not asked for in what was read.')
    expect(out).toMatch(/nearest {3}golf\.test\n/)
  })

  it('prints one object with the figures of the scan', () => {
    const [object, ...more] = objectsOf(
      cli.run(['explain', 'samples', '--domain', 'willow.example', '--format', 'ndjson']).out,
    )
    expect(more).toEqual([])
    expect(object).toMatchObject({ kind: 'explanation', registeredDomain: 'willow.example', seen: true, nearest: [] })
    const scanned = objectsOf(cli.run(['scan', 'samples', '--format', 'ndjson']).out)
    const [account] = object.accounts as { incidents: unknown[] }[]
    expect(account.incidents).toEqual(scanned.filter((incident) => incident.registeredDomain === 'willow.example'))
  })

  it('says of a list what it cannot judge', () => {
    writeFileSync(cli.at('names.txt'), 'a1.list.example\nb2.list.example\nwww.other.example\nlone.example\n')
    const out = explain(cli.at('names.txt'), '--domain', 'list.example')
    expect(out).toContain('no times in this input: volume cannot be judged')
    expect(out).toContain('2 new of 2 different')
    const bare = explain(cli.at('names.txt'), '--domain', 'lone.example').replaceAll('\n', ' ')
    expect(bare).toContain('only the domain itself was asked for')
  })
})
