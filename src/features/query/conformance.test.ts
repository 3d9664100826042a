import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Row } from '../../batch/rows.testing.ts'
import { contextOf, HOSTILE_PREFIXES, valuesOf } from './extract.testing.ts'
import type { QueryContext, QueryFeatureFamily, Unit } from './family.ts'
import { armFeatures, extractArm, type QueryArm, queryArms, queryFamilies } from './index.ts'

/** What a value of each unit may be, NaN ("unknown") aside. The allowance is a rounding error below zero. */
const UNITS: Readonly<Record<Unit, (value: number) => boolean>> = {
  octets: (value) => value >= 0,
  labels: (value) => value >= 0 && Number.isInteger(value),
  ratio: (value) => value >= 0,
  bits: (value) => value >= -1e-9,
  'bits/octet': (value) => value >= 0,
  records: (value) => value >= 0 && Number.isInteger(value),
  flag: (value) => value === 0 || value === 1,
}

/** Answers that differ in everything a family may read of them. */
const ANSWERS: readonly Partial<Row>[] = [
  {},
  { rcode: -1 },
  { rcode: 3 },
  { rcode: 2, qtype: 'MX' },
  { qtype: 'TXT', textOctets: 2 ** 32 - 1 },
  { qtype: 'NULL', rawOctets: 1200, targetOctets: 255, addressOctets: 16 },
  { qtype: 'CNAME', targetOctets: 200, targets: ['a.example', 'b.example'] },
]

const prefixes = Object.entries(HOSTILE_PREFIXES)

describe.each(queryFamilies.map((family) => [family.name, family] as const))('%s', (name, family) => {
  const width = family.features.length
  const extract = (context: QueryContext) => Object.values(valuesOf(family, context))

  it('stands in a file of its name, and the examples there hold', () => {
    const file = new URL(`./${name}.ts`, import.meta.url)
    expect(existsSync(file), `no file ${name}.ts`).toBe(true)
    for (const { prefix, values } of examplesIn(readFileSync(file, 'utf8'))) {
      const got = valuesOf(family, contextOf(prefix))
      for (const [feature, text] of values) {
        const decimals = text.split('.')[1]?.length ?? 0
        expect(got[feature]?.toFixed(decimals), `${feature} of '${prefix}'`).toBe(text)
      }
    }
  })

  it('names its features and their units', () => {
    expect(width).toBeGreaterThan(0)
    for (const feature of family.features) {
      expect(feature.name).toMatch(/^[a-z][A-Za-z0-9]*$/)
      expect(Object.keys(UNITS)).toContain(feature.unit)
    }
  })

  it.each(prefixes)('gives numbers of its units, or NaN, for %s', (_, prefix) => {
    for (const answer of ANSWERS) expectSound(family, contextOf(prefix, answer))
  })

  it('gives numbers of its units, or NaN, for any octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 254 }), fc.constantFrom(...ANSWERS), (prefix, answer) => {
        expectSound(family, contextOf(prefix, answer))
      }),
    )
  })

  it('writes as many numbers as it has features, where it is told to, over whatever stood there', () => {
    for (const [, prefix] of prefixes) {
      for (const answer of ANSWERS) {
        const out = new Float64Array(width + 5).fill(-7)
        out.fill(Number.NaN, 3, 3 + width)
        family.extract(contextOf(prefix, answer), out, 3)
        expect([...out.subarray(0, 3), ...out.subarray(3 + width)]).toEqual([-7, -7, -7, -7, -7])
        const over = new Float64Array(width).fill(-7)
        family.extract(contextOf(prefix, answer), over, 0)
        expect(over).toEqual(out.slice(3, 3 + width))
      }
    }
  })

  it('is pure: the same whatever it saw before, and its inputs stay as they were', () => {
    const contexts = prefixes.flatMap(([, prefix]) => ANSWERS.map((answer) => contextOf(prefix, answer)))
    const before = contexts.map((context) => structuredClone({ ...context }))
    const first = contexts.map(extract)
    expect(contexts.toReversed().map(extract)).toEqual(first.toReversed())
    expect(contexts.map((context) => structuredClone({ ...context }))).toEqual(before)
  })

  it('knows no places: labels in another order are the same', () => {
    for (const [, prefix] of prefixes) {
      const turned = labelsOf(prefix)
        .toReversed()
        .flatMap((label) => [label.length, ...label])
      // Sums of fractions in another order differ in the last bit.
      const [one, other] = [prefix, Uint8Array.from(turned)].map((octets) =>
        extract(contextOf(octets)).map((value) => value.toFixed(9)),
      )
      expect(other).toEqual(one)
    }
  })

  it('tells no recordings apart: clock, addresses, transport, EDNS, TTL and the whole name are not read', () => {
    const row: Partial<Row> = {
      time: Number.NaN,
      qname: 'other.name.test',
      client: '',
      resolverPort: 5353,
      vantage: 'resolverSide',
      transport: 'tcp',
      input: 7,
      position: 1e9,
      answer: 99,
    }
    for (const [, prefix] of prefixes) {
      const context = contextOf(prefix, row)
      const { batch } = context
      batch.ttlMinSeconds[0] = 1
      batch.roundTripMs[0] = 1
      batch.flags[0] = 0xffff
      batch.ednsSizeBytes[0] = batch.ednsUnknownOctets[0] = batch.paddingOctets[0] = 1232
      expect(extract(context)).toEqual(extract(contextOf(prefix)))
    }
  })

  it.skipIf(family.answers)('reads no answer, as it says', () => {
    for (const [, prefix] of prefixes) {
      const [one, ...others] = ANSWERS.map((answer) => extract(contextOf(prefix, answer)))
      for (const other of others) expect(other).toEqual(one)
    }
  })
})

describe('all families', () => {
  it('have names of their own, and so have all features', () => {
    const names = queryFamilies.map(({ name }) => name)
    const features = queryFamilies.flatMap((family) => family.features.map((feature) => feature.name))
    expect(new Set(names).size).toBe(names.length)
    expect(new Set(features).size).toBe(features.length)
  })

  it.each(Object.keys(queryArms) as QueryArm[])('stand side by side in the arm %s', (arm) => {
    const columns = armFeatures(arm)
    const context = contextOf('mfrggzdf.www', { qtype: 'TXT', textOctets: 90 })
    const out = new Float64Array(columns.length + 1).fill(-7)
    extractArm(arm, context, out)
    const values = Object.assign({}, ...queryArms[arm].map((family) => valuesOf(family, context)))
    expect([...out]).toEqual([...columns.map(({ name }) => values[name]), -7])
  })

  it('are all in the arm with answers, and those that read none in the arm of names', () => {
    expect(queryArms.answers).toEqual(queryFamilies)
    expect(queryArms.names).toEqual(queryFamilies.filter(({ answers }) => !answers))
  })
})

function expectSound(family: QueryFeatureFamily, context: QueryContext): void {
  for (const [i, value] of Object.values(valuesOf(family, context)).entries()) {
    const { name, unit } = family.features[i]
    const sound = Number.isNaN(value) || (Number.isFinite(value) && UNITS[unit](value))
    if (!sound) expect.fail(`${name} is ${value}, which is no ${unit}`)
  }
}

/** Labels of a wire-form prefix, the last cut where it runs past the end. */
function labelsOf(prefix: Uint8Array): Uint8Array[] {
  const labels: Uint8Array[] = []
  for (let at = 0; at < prefix.length; at += 1 + prefix[at]) labels.push(prefix.slice(at + 1, at + 1 + prefix[at]))
  return labels
}

/** Lines of a docstring such as `'a.bcd' -> prefixOctets 5, labelCount 2`, the numbers to the decimals written. */
function examplesIn(source: string): { prefix: string; values: [feature: string, value: string][] }[] {
  return [...source.matchAll(/^ \* \/\/ '([^']*)' -> (.+)$/gm)].map(([, prefix, said]) => ({
    prefix,
    values: said.split(', ').map((value) => value.split(' ') as [string, string]),
  }))
}
