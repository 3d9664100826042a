import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Row, rowsToBatches, START_MS } from '../../src/batch/rows.testing.ts'
import type { Incident } from '../../src/detect/incident.ts'
import { randomText } from '../../src/lab/noise.ts'
import type { Source } from '../../src/sources/source.ts'
import { createRandom } from '../../src/stats/random.ts'
import { ROOT } from '../house/tree.ts'
import { cutPcap, gunzipped, ordersOf } from './cutting.ts'
import {
  bookedIn,
  byId,
  incidentsOf,
  incidentsOfRecut,
  incidentsOfSources,
  nervous,
  textOf,
  textWithoutSource,
} from './scanning.ts'

const SAMPLES = readdirSync(join(ROOT, 'samples'))
  .filter((name) => name.endsWith('.pcap.gz'))
  .sort()
  .map((name) => join(ROOT, 'samples', name))

const INVENTS = '10.0.2.1'
const ROTATES = '10.0.2.2'

describe('the shipped samples as one observation', () => {
  let incidents: Incident[]
  let expected: string

  beforeAll(async () => {
    incidents = await incidentsOf(SAMPLES)
    expected = textOf(incidents)
  })

  it('hold a tunnel each, but for the benign one', () => {
    expect(SAMPLES.length).toBeGreaterThanOrEqual(4)
    expect(incidents).toHaveLength(SAMPLES.length - 1)
  })

  it('say the same when read again, in any order', async () => {
    for (const paths of ordersOf(SAMPLES)) expect(textOf(await incidentsOf(paths))).toBe(expected)
  })

  it.each([2, 4, 16])('say the same with %i owners of the partitions', async (owners) => {
    expect(textOf(await incidentsOf(SAMPLES, { owners }))).toBe(expected)
  })

  it('say the same when every file is given twice', async () => {
    expect(textOf(await incidentsOf([...SAMPLES, ...SAMPLES.toReversed()]))).toBe(expected)
  })

  describe('under other names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'wakeful-samples-'))
    const copyTo = (path: string, name: string): string => {
      copyFileSync(path, join(folder, name))
      return join(folder, name)
    }
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    it('say the same of a copy beside each file', async () => {
      const copies = SAMPLES.map((path, i) => copyTo(path, `z${i}.pcap.gz`))
      expect(textOf(await incidentsOf([...copies, ...SAMPLES]))).toBe(expected)
    })

    // A file's rank follows its name and settles equal times; across these files those belong to unrelated domains.
    it('say the same but for the file, where names turn the ranks round', async () => {
      const turned = SAMPLES.map((path, i) => copyTo(path, `a${9 - i}.pcap.gz`))
      expect(textWithoutSource(await incidentsOf(turned))).toBe(textWithoutSource(incidents))
    })
  })

  it.each([1, 61, 10_000])('say the same with sources in batches of %i', async (rows) => {
    expect(textOf(await incidentsOfRecut(SAMPLES, rows))).toBe(textOf(byId(incidents)))
  })

  it.each([false, true])('say the same with a source for each file, last first: %s', async (lastFirst) => {
    const found = await incidentsOfRecut(SAMPLES, 100, { sourceEach: true, lastFirst })
    expect(textOf(found)).toBe(textOf(byId(incidents)))
  })

  it.each([1, 7, 1000])('say the same booked in batches of %i', async (rows) => {
    expect(textOf(await incidentsOf(SAMPLES, { watcher: bookedIn(rows) }))).toBe(expected)
  })
})

it('the samples say the same with low lines, where dozens of domains are told of', async () => {
  const many = await incidentsOf(SAMPLES, { model: nervous })
  expect(many.length).toBeGreaterThan(12)
  const again = await incidentsOf(SAMPLES.toReversed(), { model: nervous, owners: 4, watcher: bookedIn(61) })
  expect(textOf(again)).toBe(textOf(many))
})

describe.each(SAMPLES.map((path) => [path.slice(ROOT.length + 1), path]))('%s alone', (_, path) => {
  const folder = mkdtempSync(join(tmpdir(), 'wakeful-pieces-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  let incidents: Incident[]
  beforeAll(async () => (incidents = await incidentsOf([path])))

  it('says the same in batches of one row, and with 16 owners', async () => {
    expect(textOf(await incidentsOf([path], { owners: 16 }))).toBe(textOf(incidents))
    expect(textOf(await incidentsOfRecut([path], 1))).toBe(textOf(byId(incidents)))
  })

  // `source` is the piece an incident was first seen in. The names sort otherwise than the pieces follow in time.
  it('says the same but for the file, cut into five', async () => {
    const pieces = cutPcap(gunzipped(path), 5).map((piece, i) => {
      writeFileSync(join(folder, `${'caebd'[i]}.pcap`), piece)
      return join(folder, `${'caebd'[i]}.pcap`)
    })
    expect(textWithoutSource(await incidentsOf(pieces))).toBe(textWithoutSource(incidents))
  })
})

describe('clients over many domains, whose minutes every partition hands over', () => {
  const rows = clientRows()
  const inputs = [0, 1, 2]
  const sourcesOf = (size: number): Source[] =>
    inputs.map((input) =>
      rowSource(
        rows.filter((row) => row.input === input),
        size,
      ),
    )
  const observed = (sources: Source[], options = {}) => incidentsOfSources(sources, (input) => `log ${input}`, options)
  let expected: string

  beforeAll(async () => {
    const incidents = await observed(sourcesOf(100))
    expect(incidents.map(({ scope, clients }) => [scope, ...clients]).sort()).toEqual([
      ['client', INVENTS],
      ['client', ROTATES],
    ])
    expected = textOf(incidents)
  })

  it.each([2, 4, 16])('say the same with %i owners', async (owners) => {
    expect(textOf(await observed(sourcesOf(100), { owners }))).toBe(expected)
  })

  it.each([1, 7, 10_000])('say the same in batches of %i', async (size) => {
    expect(textOf(await observed(sourcesOf(size)))).toBe(expected)
  })

  it.each([1, 7, 1000])('say the same booked in batches of %i', async (size) => {
    expect(textOf(await observed(sourcesOf(100), { watcher: bookedIn(size) }))).toBe(expected)
  })

  it('say the same where one source holds all of them', async () => {
    expect(textOf(await observed([rowSource(rows, 100)]))).toBe(expected)
  })

  it('say the same with the sources in any order', async () => {
    for (const sources of ordersOf(sourcesOf(100))) expect(textOf(await observed(sources))).toBe(expected)
  })
})

/**
 * Three logs that take turns by the row, up to five seconds out of order: a client that invents domains, one that rotates,
 * each with two names a domain, and many that browse.
 */
function clientRows(): Row[] {
  const random = createRandom(5)
  const text = (octets: number) => randomText(random, octets, 'abcdefghijklmnopqrstuvwxyz234567')
  const domains = Array.from({ length: 250 }, () => [`${text(24)}.${text(8)}`, `${text(9)}.com`])
  return Array.from({ length: 1500 }, (_, i) => {
    const [invented, rotated] = domains[Math.floor(i / 6)]
    const [client, qname] = [
      [INVENTS, `${text(8)}.${invented}`],
      [ROTATES, `${text(16)}.${rotated}`],
      [`10.0.1.${i % 200}`, `www.site${i % 211}.example`],
    ][i % 3]
    const time = START_MS + i * 400 + Math.floor(random() * 5000)
    return { time, client, qname, input: Math.floor(random() * 3), position: i }
  })
}

function rowSource(rows: readonly Row[], size: number): Source {
  return {
    name: 'rows',
    timed: true,
    async *read() {
      yield* rowsToBatches(rows, size)
    },
  }
}
