import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadPublicSuffixes } from '../dns/public-suffix.ts'
import { anIncident } from '../sinks/incident.testing.ts'
import type { IncidentRecord } from '../store/records.ts'
import { Blocklist, type BlocklistOptions } from './blocklist.ts'
import { loadProtectedDomains } from './protected-domains.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wakeful-block-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const domains = loadProtectedDomains()
const record = (registeredDomain: string, other: Partial<IncidentRecord> = {}): IncidentRecord => ({
  ...{ incident: anIncident({ registeredDomain }), revision: 1, firstReceivedMs: 1e12, receivedMs: 1e12 },
  ...{ demo: false, burnIn: false, ...other },
})
const open = () => ({ standing: 'open' as const, suppression: null, pastBudget: false })

function make(other: Partial<BlocklistOptions> = {}, overrides: string[] = []) {
  const troubles: (string | undefined)[] = []
  const rules = {
    suffixes: loadPublicSuffixes(),
    isProtected: (domain: string) => domains.has(domain),
    overrides: new Set(overrides),
  }
  const list = new Blocklist({
    ...{ rpz: join(folder, 'block.rpz'), list: join(folder, 'block.txt'), enabled: true, minSeverity: 'high', days: 7 },
    ...{ rules, now: () => 1e12, onTrouble: (sentence) => void troubles.push(sentence), ...other },
  })
  return { list, troubles }
}

const zone = () => readFileSync(join(folder, 'block.rpz'), 'utf8')

describe('a blocklist', () => {
  it('blocks a domain and all below it, in both forms', () => {
    make().list.write([record('evil.example')], open)
    expect(zone()).toContain('\nevil.example CNAME .\n*.evil.example CNAME .\n')
    expect(readFileSync(join(folder, 'block.txt'), 'utf8')).toMatch(/\nevil\.example\n$/)
  })

  it('blocks nothing until it is switched on: what it would block stands in comments', () => {
    make({ enabled: false }).list.write([record('evil.example')], open)
    expect(zone()).toContain('; would be blocked: evil.example')
    expect(zone()).not.toContain('CNAME')
  })

  it.each([
    ['com', 'public suffix'],
    ['co.uk', 'public suffix'],
    ['github.io', 'public suffix'],
    ['localhost', 'public suffix'],
    ['google.com', 'protected'],
    ['x.cloudfront.net', 'protected'],
    ['evil.example\n* CNAME .', 'no name of a zone file'],
    ['a b.example', 'no name of a zone file'],
    ['$include.example', 'no name of a zone file'],
    ['*.example', 'no name of a zone file'],
    ['\\065.example', 'no name of a zone file'],
    [`${'a'.repeat(64)}.example`, 'no name of a zone file'],
    [`${'a.'.repeat(100)}example`, 'no name of a zone file'],
    ['a..example', 'no name of a zone file'],
    ['', 'no name of a zone file'],
  ])('O7: leaves out %j: %s', (domain, reason) => {
    make().list.write([record(domain)], open)
    expect(zone()).toContain(`; not blocked (${reason}): `)
    expect(zone()).not.toContain('CNAME')
    expect(
      zone()
        .split('\n')
        .filter((line) => !line.startsWith(';')),
    ).toHaveLength(4)
  })

  it('blocks a protected domain that somebody has named, and no suffix even then', () => {
    make({}, ['google.com', 'com']).list.write([record('google.com'), record('com')], open)
    expect(zone()).toContain('\ngoogle.com CNAME .')
    expect(zone()).toContain('not blocked (public suffix): com')
  })

  it.each([
    ['demo', record('evil.example', { demo: true }), open],
    ['burn-in', record('evil.example', { burnIn: true }), open],
    ['old', record('evil.example', { receivedMs: 1e12 - 8 * 86_400_000 }), open],
    ['less severe', record('evil.example', { incident: anIncident({ severity: 'medium' }) }), open],
    ['withheld', record('evil.example'), () => ({ ...open(), standing: 'withheld' as const })],
    ['benign', record('evil.example'), () => ({ ...open(), standing: 'benign' as const })],
  ])('does not block what is %s', (_, incident, standOf) => {
    make().list.write([incident], standOf)
    expect(zone()).not.toContain('evil.example')
  })

  it('is written only where it changes, with a serial that grows', () => {
    const { list } = make()
    const serial = () => Number(/\( (\d+) /.exec(zone())?.[1])
    list.write([record('evil.example')], open)
    const first = serial()
    rmSync(join(folder, 'block.rpz'))
    list.write([record('evil.example')], open)
    expect(existsSync(join(folder, 'block.rpz'))).toBe(false)
    list.write([], open)
    expect(serial()).toBe(first + 1)
  })

  it('says so where it cannot be written, and when it can again', () => {
    const { list, troubles } = make({ rpz: join(folder, 'none', 'block.rpz') })
    list.write([record('evil.example')], open)
    expect(troubles[0]).toContain('cannot be written')
  })
})
