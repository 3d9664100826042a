import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DnsBatch } from '../../src/batch/dns-batch.ts'
import type { Incident } from '../../src/detect/incident.ts'
import { ROOT } from '../house/tree.ts'
import { byId, cutBatch, incidentsOf, incidentsOfRecut, nervous, textOf, textWithoutSource } from './scanning.ts'

const SAMPLES = readdirSync(join(ROOT, 'samples'))
  .filter((name) => name.endsWith('.pcap.gz'))
  .sort()
  .map((name) => join(ROOT, 'samples', name))

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

  it('say the same when read again', async () => {
    expect(textOf(await incidentsOf(SAMPLES))).toBe(expected)
  })

  it.each(Object.entries(ordersOf(SAMPLES)))('say the same in the order %s', async (_, paths) => {
    expect(textOf(await incidentsOf(paths))).toBe(expected)
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
    const watcher = { cut: (batch: DnsBatch) => cutBatch(batch, rows) }
    expect(textOf(await incidentsOf(SAMPLES, { watcher }))).toBe(expected)
  })
})

it('the samples say the same with low lines, where dozens of domains are told of', async () => {
  const many = await incidentsOf(SAMPLES, { model: nervous })
  expect(many.length).toBeGreaterThan(24)
  const watcher = { cut: (batch: DnsBatch) => cutBatch(batch, 61) }
  const again = await incidentsOf(SAMPLES.toReversed(), { model: nervous, owners: 4, watcher })
  expect(textOf(again)).toBe(textOf(many))
})

describe.each(SAMPLES.map((path) => path.slice(ROOT.length + 1)))('%s alone', (name) => {
  it('says the same in batches of one row, and with 16 owners', async () => {
    const path = join(ROOT, name)
    const incidents = await incidentsOf([path])
    expect(textOf(await incidentsOf([path], { owners: 16 }))).toBe(textOf(incidents))
    expect(textOf(await incidentsOfRecut([path], 1))).toBe(textOf(byId(incidents)))
  })
})

function ordersOf(paths: readonly string[]): Record<string, string[]> {
  const turned = [...paths.slice(2), ...paths.slice(0, 2)]
  return { 'last first': paths.toReversed(), 'third first': turned, 'third first, turned': turned.toReversed() }
}
