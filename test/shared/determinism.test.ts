import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Incident } from '../../src/detect/incident.ts'
import { cutPcap, gunzipped, ordersOf, PCAP_HEADER, portions } from '../whole/cutting.ts'
import { byId, incidentsOf, incidentsOfRecut, nervous, textOf, textWithoutSource } from '../whole/scanning.ts'
import { hasData } from './evaluation.ts'

const DATA = resolve(import.meta.dirname, '../../../shared/data')

/** Tunnels of three tools and look-alike services, on both sides of the resolver. */
const CAPTURES = [
  'iodine-bind9-txt-mixed.cli',
  'mix-unbound-dnstap.auth',
  'det-resolver-slow10.cli',
  'dnscat2-mx-enc-up.cli',
  'benign-dnsperf-hard-q50.cli',
].map((name) => join(DATA, 'lab', `${name}.pcap.gz`))

/** Both sides of one tunnel, two more tunnels, and benign traffic. */
const MIXED = [
  'det-direct-default.cli',
  'iodine-cname-b32-up.cli',
  'iodine-cname-b32-up.auth',
  'benign-dnsperf-q100.cli',
  'dnscat2-mx-enc-up.cli',
].map((name) => join(DATA, 'lab', `${name}.pcap.gz`))
/** A tunnel that speaks without any domain. */
const NO_DOMAIN = join(DATA, 'public/mixed/maryem/dns.pcapng.gz')
const LOGS = ['m57/dns.log.gz', 'sanches/Lab2__dns.log'].map((name) => join(DATA, 'public/benign', name))

const PIECES = 5
const OWNERS = [1, 4]
/** Names for pieces that sort otherwise than the pieces follow in time. */
const SHUFFLED = ['c', 'a', 'e', 'b', 'd']

describe.runIf(hasData('determinism'))('on real traffic', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wakeful-pieces-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  function write(name: string, content: Uint8Array | string): string {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }

  /*
   * `source` is the file an incident was first seen in, which is a piece here: all else must be equal, to the octet.
   * Packets are merged by time, then rank of the file. Pieces that are named in order keep packets of equal time as they
   * were; the others show that the merge goes by time, as none of these captures is cut between packets of equal time.
   */
  describe.each(CAPTURES.map((path) => [path.slice(DATA.length + 1), path]))('%s cut into five files', (_, path) => {
    let whole: string
    let pieces: Buffer[]
    let named: string[]

    beforeAll(async () => {
      const incidents = await incidentsOf([path])
      expect(incidents.length).toBeGreaterThan(0)
      whole = textWithoutSource(incidents)
      pieces = cutPcap(gunzipped(path), PIECES)
      named = pieces.map((piece, i) => write(`piece-${i}.pcap`, piece))
    })

    it('says what the whole says, in any order of the pieces, whatever the owners', async () => {
      expect(pieces).toHaveLength(PIECES)
      for (const paths of ordersOf(named)) {
        for (const owners of OWNERS) expect(textWithoutSource(await incidentsOf(paths, { owners }))).toBe(whole)
      }
    })

    it('says what the whole says, whatever the names of the pieces sort like', async () => {
      const shuffled = pieces.map((piece, i) => write(`${SHUFFLED[i]}.pcap`, piece))
      expect(textWithoutSource(await incidentsOf(shuffled))).toBe(whole)
    })

    it('says what the whole says with batches of 17 rows', async () => {
      expect(textWithoutSource(await incidentsOfRecut(named, 17))).toBe(
        textWithoutSource(byId(await incidentsOf([path]))),
      )
    })
  })

  it.each(LOGS.map((path) => [path.slice(DATA.length + 1), path]))('%s cut into five logs', async (_, path) => {
    const { header, rows } = zeekLines(path)
    const pieces = portions(rows, PIECES).map((piece, i) => write(`piece-${i}.log`, zeekLog(header, piece)))
    // Nothing in it is an alert; with lines as low as these there is something to compare.
    const whole = await incidentsOf([path], { model: nervous })
    expect(whole.length).toBeGreaterThan(1)
    for (const paths of ordersOf(pieces)) {
      const found = await incidentsOf(paths, { model: nervous })
      expect(textWithoutSource(found)).toBe(textWithoutSource(whole))
    }
  })

  describe('captures and logs as one observation', () => {
    let inputs: string[]
    let incidents: Incident[]

    beforeAll(async () => {
      // A day of a log squeezed into the minute and a half of the first capture, so that rows of both take turns.
      const { header, rows } = zeekLines(LOGS[0])
      const start = gunzipped(MIXED[0]).readUInt32LE(PCAP_HEADER)
      const first = Number.parseFloat(rows[0])
      const squeezed = rows.map((row) => {
        const [time, ...others] = row.split('\t')
        return [(start + (Number(time) - first) / 1000).toFixed(6), ...others].join('\t')
      })
      inputs = [...MIXED, NO_DOMAIN, ...LOGS, write('squeezed.log', zeekLog(header, squeezed))]
      incidents = await incidentsOf(inputs)
    })

    it('name the tunnels, and the client that needs no domain', () => {
      const alerts = incidents.filter(({ severity }) => severity !== 'low')
      expect(alerts.length).toBeGreaterThanOrEqual(4)
      expect(alerts.map(({ scope }) => scope)).toContain('client')
    })

    it('say the same in any order, whatever the owners', async () => {
      for (const paths of ordersOf(inputs)) {
        for (const owners of OWNERS) expect(textOf(await incidentsOf(paths, { owners }))).toBe(textOf(incidents))
      }
    })

    it('say the same with low lines, where dozens of domains are told of', async () => {
      const many = await incidentsOf(inputs, { model: nervous })
      expect(many.length).toBeGreaterThan(12)
      for (const paths of ordersOf(inputs)) {
        expect(textOf(await incidentsOf(paths, { model: nervous, owners: 4 }))).toBe(textOf(many))
      }
    })

    it('say the same when every file is given twice', async () => {
      expect(textOf(await incidentsOf([...inputs, ...inputs]))).toBe(textOf(incidents))
    })

    it.each([1, 1000])('say the same with sources in batches of %i, in turned order', async (rows) => {
      expect(textOf(await incidentsOfRecut(inputs, rows, { lastFirst: true }))).toBe(textOf(byId(incidents)))
    })
  })
})

function zeekLines(path: string): { header: string[]; rows: string[] } {
  const lines = gunzipped(path).toString('latin1').split('\n').filter(Boolean)
  const rows = lines.filter((line) => !line.startsWith('#'))
  return { header: lines.filter((line) => line.startsWith('#') && !line.startsWith('#close')), rows }
}

function zeekLog(header: readonly string[], rows: readonly string[]): Buffer {
  return Buffer.from(`${[...header, ...rows].join('\n')}\n`, 'latin1')
}
