import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadDetectionModel } from '../../detect/load-detection-model.ts'
import { findInputs } from '../../sources/inputs/find-inputs.ts'
import { zeekLog } from '../../sources/logs/log.testing.ts'
import { RESPONSE_WAIT_MS, scan } from '../scan.ts'
import { domainKey } from './domain-key.ts'
import { explain } from './explain.ts'

const DAY_SECONDS = 86_400

/** A query of a client that tells its own names, and is answered with an address. */
function query(seconds: number, name: string): string {
  const time = (1_700_000_000 + seconds).toFixed(6)
  return `${time} C 10.0.0.5 40000 10.0.0.53 53 udp 7 0.01 ${name} 1 C_INTERNET 1 A 0 NOERROR F F T T 0 192.0.2.1 60.0 F`
}

/** Forty names of sixteen random hexadecimal digits within a minute, one more a day later, and a host beside them. */
const ROWS = [
  ...Array.from({ length: 40 }, (_, i) => {
    const digits = (Math.imul(i + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')
    return query(i, `${digits}${[...digits].reverse().join('')}.burst.example`)
  }),
  query(50, 'www.quiet.example'),
  query(51, 'quiet.example'),
  query(DAY_SECONDS, '0123456789abcdef.burst.example'),
]

const options = {
  model: loadDetectionModel(),
  source: { ports: [], responseWaitMs: RESPONSE_WAIT_MS },
  name: 'default',
}
const signal = new AbortController().signal

describe('explain', () => {
  let folder = ''
  const found = () => findInputs([join(folder, 'dns.log')])
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wakeful-explain-'))
    writeFileSync(join(folder, 'dns.log'), zeekLog(ROWS))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('reads the highest account at every time scale, also those that have decayed since', async () => {
    const { explanation } = await explain(domainKey('burst.example')!, await found(), options, signal)
    const [account] = explanation.accounts
    expect(account).toMatchObject({ queries: 41, names: 41, novelNames: 41, bare: 0, clientCount: 1 })
    const accounts = account.readings.filter((reading) => reading.detector === 'account')
    expect(accounts.map((reading) => reading.over)).toEqual(['10 minutes', '6 hours', '24 hours', '7 days'])
    // A burst looks the same at every scale but for the last name, which came when ten minutes were long over.
    const burst = accounts[1].highest
    expect(burst).toBeGreaterThan(100)
    expect(accounts[0].highest).toBeGreaterThan(burst * 0.95)
    expect(accounts[0].highest).toBeLessThanOrEqual(burst)
    expect(accounts[3].highest).toBeLessThan(account.octetsUp)
  })

  it('changes nothing by looking', async () => {
    const { result } = await explain(domainKey('burst.example')!, await found(), options, signal)
    const plain = await scan(await found(), { ...options, each: false }, signal)
    expect(result.incidents).toEqual(plain.incidents)
  })

  it('tells a domain that was asked for by itself from one that was not asked for', async () => {
    const quiet = (await explain(domainKey('quiet.example')!, await found(), options, signal)).explanation
    expect(quiet.accounts[0]).toMatchObject({
      queries: 2,
      bare: 1,
      names: 2,
      novelNames: 1,
      lookup: null,
      incidents: [],
    })
    expect(quiet.verdict).toContain('quiet.example is no alert: the nearest to its limit is')
    const none = (await explain(domainKey('bust.example')!, await found(), options, signal)).explanation
    expect(none).toMatchObject({ seen: false, accounts: [], nearest: ['burst.example', 'quiet.example'] })
  })
})
