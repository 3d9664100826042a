import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openSources } from '../../src/sources/index.ts'
import { findInputs } from '../../src/sources/inputs/find-inputs.ts'
import type { SourceOptions } from '../../src/sources/source.ts'

const DATA = resolve(import.meta.dirname, '../../../shared/data')
const present = existsSync(DATA)

/** Where we read other rows, or octets of names, than the naive count, each with the reason. All else must agree. */
const EXPLAINED: Readonly<Record<string, { rows: number; nameOctets: number; reason: string }>> = {
  'public/benign/kishpud/dns.log.gz': { rows: -1, nameOctets: 0, reason: 'one line was cut: 14 of 24 columns' },
  'public/benign/lists/data__domains.txt.gz': { rows: -2, nameOctets: -5, reason: '`.com` and `.uk` are no names' },
}

interface Naive {
  rows: number
  /** Octets of all names without dots and escapes. */
  nameOctets: number
  answers: number
  queryTypes: number
}

interface Listed {
  file: string
  format: string
  queries: number
}

/** Files and formats of a manifest. The columns read stand in front of those that may hold commas. */
function manifest(folder: string, ...formats: string[]): Listed[] {
  const [header, ...lines] = readFileSync(join(DATA, folder, 'MANIFEST.csv'), 'utf8').split('\n')
  const queries = header.split(',').indexOf('queries')
  return lines
    .map((line) => line.split(','))
    .filter(([, format]) => formats.includes(format))
    .map((cells) => ({ file: `${folder}/${cells[0]}`, format: cells[1], queries: Number(cells[queries]) || 0 }))
}

function linesOf(file: string): string[] {
  const bytes = readFileSync(join(DATA, file))
  return (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('latin1').split('\n')
}

function nameOctets(name: string): number {
  return name
    .replace(/\\x[0-9a-f]{2}/g, '?')
    .replace(/\\\\/g, '?')
    .replaceAll('.', '').length
}

const READERS: Readonly<Record<string, (lines: string[]) => Naive>> = {
  zeek: (lines) => {
    const rows = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('\t'))
    const asked = rows.filter((row) => row.length < 24 || row[9] !== '-')
    const whole = asked.filter((row) => row.length >= 24)
    return {
      rows: asked.length,
      nameOctets: whole.reduce((sum, row) => sum + nameOctets(row[9]), 0),
      answers: whole.reduce((sum, row) => sum + (row[21] === '-' ? 0 : row[21].split(',').length), 0),
      queryTypes: whole.reduce((sum, row) => sum + (Number(row[12]) || 0), 0),
    }
  },
  json: (lines) => {
    const asked = lines
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
      .filter((row) => row.query)
    return {
      rows: asked.length,
      nameOctets: asked.reduce((sum, row) => sum + nameOctets(row.query), 0),
      answers: asked.reduce((sum, row) => sum + (row.answers?.length ?? 0), 0),
      queryTypes: asked.reduce((sum, row) => sum + (row.qtype ?? 0), 0),
    }
  },
  list: (lines) => {
    const names = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'))
    const octets = names.filter((name) => !name.includes(' ')).reduce((sum, name) => sum + nameOctets(name), 0)
    return { rows: names.length, nameOctets: octets, answers: 0, queryTypes: 0 }
  },
  csv: (lines) => {
    const names = lines
      .slice(1)
      .filter((line) => line !== '')
      .map((line) => line.split(',')[0])
    return {
      rows: names.length,
      nameOctets: names.reduce((s, name) => s + nameOctets(name), 0),
      answers: 0,
      queryTypes: 0,
    }
  },
}

async function readWith(file: string, options: Partial<SourceOptions> = {}) {
  const all = { ports: [], responseWaitMs: 5000, ...options }
  const found = await findInputs([join(DATA, file)], all)
  const { timed, untimed, counts } = await openSources(found, all)
  const read: Naive = { rows: 0, nameOctets: 0, answers: 0, queryTypes: 0 }
  for (const source of [...timed, ...untimed]) {
    for await (const batch of source.read(new AbortController().signal)) {
      read.rows += batch.rows
      for (let row = 0; row < batch.rows; row++) {
        read.nameOctets += batch.nameLength[row] - batch.labelCount[row]
        read.answers += batch.answerCount[row]
        read.queryTypes += batch.qtype[row]
      }
    }
  }
  return { read, counts, found, timed }
}

async function check(listed: Listed, naive: Naive, options: Partial<SourceOptions> = {}): Promise<void> {
  const { read, counts } = await readWith(listed.file, options)
  const explained = EXPLAINED[listed.file] ?? { rows: 0, nameOctets: 0 }
  const expected = {
    ...naive,
    rows: naive.rows + explained.rows,
    nameOctets: naive.nameOctets + explained.nameOctets,
  }
  expect({ file: listed.file, ...read }).toEqual({ file: listed.file, ...expected })
  // The manifest was counted by others.
  if (listed.queries > 0) expect([listed.file, naive.rows]).toEqual([listed.file, listed.queries])
  expect(counts[0].failure).toBeUndefined()
}

if (!present && process.env.CI !== 'true') console.warn(`SKIPPED: ${DATA} is not there, so no real log was read.`)

describe.skipIf(!present && process.env.CI !== 'true')('logs of the shared data', () => {
  it('are there', () => expect(present).toBe(true))

  it('Zeek in columns: rows, names, answers and types as a reader with split counts them', async () => {
    const files = [...manifest('public', 'zeek'), ...manifest('seeds', 'zeek')]
    expect(files.length).toBeGreaterThanOrEqual(13)
    for (const listed of files) await check(listed, READERS.zeek(linesOf(listed.file)))
  })

  it('Zeek in JSON: as JSON.parse counts them', async () => {
    for (const listed of manifest('public', 'json')) await check(listed, READERS.json(linesOf(listed.file)))
  })

  it('lists of names', async () => {
    for (const listed of manifest('public', 'list')) await check(listed, READERS.list(linesOf(listed.file)))
  })

  it('tables, by the name of their column or the one they are told', async () => {
    for (const listed of manifest('public', 'loshmii')) {
      const { counts, found } = await readWith(listed.file)
      expect(counts[0].failure ?? found.failures[0].sentence).toContain(
        'of its columns text, label, ok, reason, dup_gid',
      )
      await check(listed, READERS.csv(linesOf(listed.file)), { column: 'text' })
    }
    for (const listed of manifest('seeds', 'csv-names')) await check(listed, READERS.csv(linesOf(listed.file)))
  })

  // Counted with grep; reference/lab.md 5 has lines and frames. What is no row is explained by `malformed` and `skipped`.
  it.each([
    ['log-bind9.log', { rows: 678, queries: 678, responses: 0, skipped: 2, malformed: {} }],
    ['log-dnsdist.log', { rows: 743, queries: 743, responses: 0, skipped: 0, malformed: {} }],
    ['log-unbound.log', { rows: 346, queries: 346, responses: 343, skipped: 11, malformed: {} }],
    // 40 queries are shown as <name unprintable>; of 168, all others were answered.
    ['log-dnsmasq.log', { rows: 128, queries: 168, responses: 128, malformed: { 'name-unprintable': 40 } }],
    [
      'mix-unbound-dnstap.fstrm',
      { packets: 2839, queries: 695 + 493 + 253, responses: 691 + 493 + 214, malformed: {} },
    ],
  ])('%s of a real name server: as many queries and answers as it holds', async (file, expected) => {
    const { counts, read } = await readWith(`lab/${file}`)
    expect(counts[0]).toMatchObject(expected)
    expect(counts[0].failure).toBeUndefined()
    expect(read.rows).toBe(counts[0].rows)
    // The lines themselves, counted without our readers.
    if (!file.endsWith('.log')) return
    const asked = /(?: query: |query\[|Packet from|info: [0-9.]+ \S+ [A-Z0-9]+ IN$)/
    const lines = linesOf(`lab/${file}`)
    expect(counts[0].queries).toBe(lines.filter((line) => asked.test(line)).length)
  })

  it('octets beyond ASCII are those of the wire, where the server writes them', async () => {
    for (const file of ['log-bind9.log', 'log-dnsdist.log']) {
      const { read } = await readWith(`lab/${file}`)
      const names = linesOf(`lab/${file}`).flatMap((line) => / query: (\S+)|Packet from \S+ for (\S+)/.exec(line) ?? [])
      const whole = names.filter((name, i) => name !== undefined && i % 3 !== 0)
      const octets = whole.reduce((sum, name) => sum + nameOctets(name.replace(/\\(\d{3}|.)/g, '?')), 0)
      expect([file, read.nameOctets]).toEqual([file, octets])
    }
  })

  it('what is no log of names says so in one sentence', async () => {
    for (const [file, words] of [
      ...manifest('seeds', 'csv-legacy').map(({ file }) => [file, 'use `wakeful inspect`'] as const),
      ...manifest('seeds', 'zeek-conn').map(({ file }) => [file, "Zeek's conn log"] as const),
      ['lab/log-knot.log', 'tells of no query'] as const,
      ['seeds/wakeful/url_rep.json', 'is JSON'] as const,
    ]) {
      const { found } = await readWith(file)
      expect([file, found.failures.length]).toEqual([file, 1])
      expect(found.failures[0].sentence).toContain(words)
    }
  })

  it('a walk finds every file of the manifests that is read, and fails at nothing', async () => {
    const found = await findInputs([DATA])
    const labels = found.inputs.map(({ file }) => file.label)
    const types = ['pcap', 'zeek', 'json', 'list', 'csv-names', 'dnstap']
    const dropped = found.dropped.map(({ label }) => label)
    for (const folder of ['public', 'seeds', 'lab']) {
      for (const { file } of manifest(folder, ...types)) expect([...labels, ...dropped]).toContain(file)
    }
    expect(found.zeekOthers).toBe(1)
    expect(found.failures).toEqual([])
  })
})
