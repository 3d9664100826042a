import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type LegacyTable, readLegacyCsv } from '../../src/datasets/legacy-csv.ts'
import { parseName } from '../../src/dns/name.ts'
import { LEGACY_NUMBERS } from '../../src/features/legacy/columns.ts'
import { LegacyName } from '../../src/features/legacy/legacy-name.ts'
import { extractLegacy, LEGACY_WIDTH } from '../../src/features/legacy/legacy-numbers.ts'
import { longestWord } from '../../src/features/legacy/longest-word.ts'
import { openInput } from '../../src/sources/inputs/open-input.ts'

const DATA = resolve(import.meta.dirname, '../../../shared/data')
const STREAM = join(DATA, 'seeds/uottawa-kafka/kafka_stream_2022_prefix.csv')
const present = existsSync(STREAM)
if (!present && process.env.CI !== 'true') console.warn(`SKIPPED: ${STREAM} is not there, so no legacy row was read.`)

const at = (csv: string) => LEGACY_NUMBERS.findIndex((column) => column.csv === csv)
const [QNAME, LABELS, HAS_SUBDOMAIN] = [at('FQDN_count'), at('labels'), at('subdomain')]

/**
 * A public suffix of one label for each length, of letters alone: what a two-label row leaves unsaid. Entropy never
 * reads the suffix, and of the counts it only adds to lengths and letters, so any such suffix gives the row's features.
 */
const SUFFIX_OF: Readonly<Record<number, string>> = {
  ...{ 2: 'de', 3: 'com', 4: 'info', 5: 'space', 6: 'online', 7: 'network', 8: 'download', 9: 'institute' },
  ...{ 10: 'technology', 11: 'photography', 12: 'construction', 13: 'international' },
}

/** The suffix of Cyrillic names in the stream, which is not of letters alone. */
const IDN_SUFFIX = 'xn--p1ai'

describe.skipIf(!present && process.env.CI !== 'true')('the legacy stream', () => {
  let table: LegacyTable
  it('is read whole: both classes, nothing rejected', async () => {
    table = await readLegacyCsv(openInput({ index: 0, label: 'stream', path: STREAM, once: false }))
    const attack = table.y.reduce((sum, label) => sum + label, 0)
    expect([table.matrix.rows, attack, table.y.length - attack]).toEqual([141_949, 72_641, 69_308])
    expect(table.malformed).toEqual({})
  }, 60_000)

  it('single labels: the name is the domain, and all 4,949 rows come out', () => {
    const found = reproduced(table, 1, (domain) => domain)
    expect(found).toEqual({ rows: 4949, same: 4949, others: {} })
  })

  it('two labels: the domain and any suffix of the right length give 27,982 of 27,994 rows', () => {
    const found = reproduced(table, 2, (domain, length) => `${domain}.${SUFFIX_OF[length] ?? 'x'.repeat(length)}`)
    expect(found.rows).toBe(27_994)
    expect(found.same).toBe(27_982)
    // A spreadsheet turned four domains into a date; the rest stand under a suffix with digits and marks.
    expect(found.others).toEqual({
      '04-oct': 4,
      'xn----7sbb5adknde1cb0dyd': 2,
      'xn--80aqafkhejn4b': 2,
      'xn--b1algemdcsb': 4,
    })
  })

  it('two labels, Cyrillic domains under the suffix of theirs: all but the four dates', () => {
    const found = reproduced(table, 2, (domain, length) =>
      domain.startsWith('xn--') && length === IDN_SUFFIX.length
        ? `${domain}.${IDN_SUFFIX}`
        : `${domain}.${SUFFIX_OF[length] ?? 'x'.repeat(length)}`,
    )
    expect(found).toEqual({ rows: 27_994, same: 27_990, others: { '04-oct': 4 } })
  })

  it('reverse look-ups: every row is that of some address whose first octet is the domain', () => {
    expect(reverseRows(table)).toEqual({ rows: 94_956, same: 94_956 })
  }, 120_000)

  it('the longest word is a stand-in, as its file says: equal where domains hold no letters, seldom elsewhere', () => {
    let same = 0
    let reverse = 0
    for (let row = 0; row < table.matrix.rows; row++) {
      const domain = Buffer.from(table.registeredLabel.values[table.registeredLabel.codes[row]], 'latin1')
      const theirs = table.longestWord.values[table.longestWord.codes[row]]
      if (longestWord(domain, 0, domain.length) === theirs) same++
      if (/^\d+$/.test(domain.toString()) && theirs === domain.toString().slice(-1)) reverse++
    }
    expect([same, reverse]).toEqual([100_813, 95_005])
  })
})

const wire = new Uint8Array(255)
const cut = new LegacyName()
const out = new Float64Array(LEGACY_WIDTH)

/** Whether a name's twelve numbers are those of a row, to the ten digits that the table holds. */
function gives(name: string, table: LegacyTable, row: number): boolean {
  const length = parseName(name, wire, 0)
  if (length < 0) return false
  cut.read(wire, 0, length)
  extractLegacy(wire, 0, length, cut, out, 0)
  const { values, columns } = table.matrix
  return out.every((value, column) => Math.abs(value - values[row * columns + column]) < 1e-9)
}

function reproduced(table: LegacyTable, labels: number, nameOf: (domain: string, suffixLength: number) => string) {
  const { values, columns } = table.matrix
  const others: Record<string, number> = {}
  let rows = 0
  let same = 0
  for (let row = 0; row < table.matrix.rows; row++) {
    const start = row * columns
    if (values[start + LABELS] !== labels || values[start + HAS_SUBDOMAIN] !== 0) continue
    rows++
    const domain = table.registeredLabel.values[table.registeredLabel.codes[row]]
    if (gives(nameOf(domain, values[start + QNAME] - domain.length - 1), table, row)) same++
    else others[domain] = (others[domain] ?? 0) + 1
  }
  return { rows, same, others }
}

/** Rows of six labels; their features are few, so each kind of row is looked for once. */
function reverseRows(table: LegacyTable) {
  const { values, columns } = table.matrix
  const known = new Map<string, boolean>()
  let rows = 0
  let same = 0
  for (let row = 0; row < table.matrix.rows; row++) {
    const start = row * columns
    if (values[start + LABELS] !== 6) continue
    rows++
    const domain = table.registeredLabel.values[table.registeredLabel.codes[row]]
    const key = `${domain} ${values.subarray(start, start + columns).join(' ')}`
    let found = known.get(key)
    if (found === undefined) known.set(key, (found = someAddress(domain, table, row)))
    if (found) same++
  }
  return { rows, same }
}

/** Private and multicast addresses, the two kinds there are (seeds: reverse look-ups of both). */
function someAddress(first: string, table: LegacyTable, row: number): boolean {
  const seconds = first === '192' ? [168] : first === '172' ? range(16, 32) : first === '239' ? [255, 192] : [0]
  for (const second of seconds) {
    for (let i = 0; i < 65_536; i++) {
      if (gives(`${i & 255}.${i >> 8}.${second}.${first}.in-addr.arpa`, table, row)) return true
    }
  }
  return false
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i)
}
