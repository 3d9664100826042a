import { appendFileSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anIncident } from '../../src/sinks/incident.testing.ts'
import { IncidentStore } from '../../src/store/incident-store.ts'
import { Cli, objectsOf } from './run-cli.ts'

let cli: Cli
let store: IncidentStore
beforeAll(async () => {
  cli = await Cli.build()
  store = new IncidentStore({
    folder: cli.at('journal'),
    retentionDays: 90,
    now: Date.now,
    onDoubt() {},
    onTrouble() {},
  })
  const flags = { demo: false, burnIn: false }
  store.addIncident(anIncident(), 1, flags)
  store.addIncident(
    anIncident({ id: 'aaaaaaaaaaaaaaaa', registeredDomain: 'other.example', severity: 'medium' }),
    1,
    flags,
  )
  store.suppress({
    domain: 'other.example',
    client: null,
    octetsADay: 1e6,
    reason: 'ours',
    owner: 'anna',
    expiresMs: Date.now() + 1e6,
  })
}, 120_000)
afterAll(() => {
  store.close()
  cli.remove()
})

const history = (...words: string[]) => cli.run(['history', '--journal', cli.at('journal'), ...words])
const domains = (out: string) => objectsOf(out).map(({ registeredDomain }) => registeredDomain)

describe('wakeful history', () => {
  it('reads what a service is writing to, and changes nothing', () => {
    const path = cli.at('journal', 'journal-00000001.ndjson')
    appendFileSync(path, 'half an ent')
    const before = readFileSync(path, 'utf8')
    const { code, out, err } = history('--format', 'ndjson')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(domains(out).sort()).toEqual(['evil.example', 'other.example'])
    expect(readFileSync(path, 'utf8')).toBe(before)
  })

  it('searches as the dashboard does, and writes as a scan does', () => {
    expect(domains(history('--search', 'is:open', '--format', 'ndjson').out)).toEqual(['evil.example'])
    expect(domains(history('--search', 'is:withheld', '--format', 'ndjson').out)).toEqual(['other.example'])
    expect(history('--search', 'severity:high').out).toContain('HIGH      evil.example')
    expect(history('--format', 'csv').out.split('\n')[0]).toContain('registeredDomain')
  })

  it('says in one sentence what was wrong', () => {
    expect(history('--search', 'is:what')).toMatchObject({ code: 64, err: expect.stringContaining('is: takes open') })
    expect(cli.run(['history', '--journal', cli.at('none')])).toMatchObject({
      code: 74,
      err: expect.stringContaining('There is no journal in'),
    })
  })

  it('asks in SQL where DuckDB is installed, and says how to install it where not', () => {
    const { code, out, err } = history('--sql', 'SELECT "registeredDomain", standing FROM incidents ORDER BY 1')
    if (code === 78)
      expect(err).toBe('wakeful: SQL needs a database that is not installed: npm install @duckdb/node-api\n')
    else {
      expect(objectsOf(out)).toEqual([
        { registeredDomain: 'evil.example', standing: 'open' },
        { registeredDomain: 'other.example', standing: 'withheld' },
      ])
      expect(history('--sql', "SELECT * FROM read_csv('/etc/passwd')")).toMatchObject({
        code: 64,
        err: expect.stringContaining('not understood'),
      })
    }
  })
})
