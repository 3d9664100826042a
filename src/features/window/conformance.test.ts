import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WindowFeatureFamily, WindowUnit } from './family.ts'
import { windowFamilies, windowFeatures, windowRow } from './index.ts'
import { type Asked, tallyOf, valuesOf } from './tally.testing.ts'
import type { WindowTally } from './window-tally.ts'

const SLACK = 1e-9
const whole = (value: number) => value >= 0 && Number.isInteger(value)
/** What a value of each unit may be, NaN ("unknown") aside. */
const UNITS: Readonly<Record<WindowUnit, (value: number) => boolean>> = {
  queries: whole,
  names: whole,
  clients: whole,
  types: whole,
  octets: (value) => value >= 0,
  seconds: (value) => value >= 0,
  'bits/octet': (value) => value >= 0 && value <= 8 + SLACK,
  ratio: (value) => value >= 0,
  balance: (value) => value >= -1 && value <= 1,
}

const askeds = fc.array(
  fc.record(
    {
      prefix: fc.string({ unit: 'binary-ascii', maxLength: 60 }),
      qtype: fc.constantFrom('A', 'TXT', 'NULL', 'MX'),
      timeMs: fc.oneof(fc.constant(Number.NaN), fc.integer({ min: 0, max: 1e9 })),
      rcode: fc.constantFrom(-1, 0, 2, 3),
      answerOctets: fc.nat(65_535),
      answerLo: fc.nat(3),
      clientLo: fc.nat(3),
    },
    { requiredKeys: ['prefix'] },
  ),
  { maxLength: 40 },
)

describe.each(windowFamilies.map((family) => [family.name, family] as const))('%s', (name, family) => {
  it('stands in a file of its name, and the example there holds', () => {
    const file = new URL(`./${name}.ts`, import.meta.url)
    expect(existsSync(file), `no file ${name}.ts`).toBe(true)
    const examples = [...readFileSync(file, 'utf8').matchAll(/^ \* \/\/ (.+) -> (.+)$/gm)]
    expect(examples.length).toBeGreaterThan(0)
    for (const [, asked, said] of examples) {
      const got = valuesOf(family, tallyOf(asked))
      for (const [feature, text] of said.split(', ').map((part) => part.split(' '))) {
        const decimals = text.split('.')[1]?.length ?? 0
        expect(got[feature]?.toFixed(decimals), `${feature} of ${asked}`).toBe(text)
      }
    }
  })

  it('names its features and their units', () => {
    expect(family.features.length).toBeGreaterThan(0)
    for (const { name: feature, unit } of family.features) {
      expect(feature).toMatch(/^[a-z][A-Za-z]*$/)
      expect(Object.keys(UNITS)).toContain(unit)
    }
  })

  it('gives numbers of its units, or NaN, for any exchanges and for none', () => {
    expectSound(family, tallyOf([]))
    fc.assert(
      fc.property(askeds, (asked) => {
        expectSound(family, tallyOf(asked as Asked[]))
      }),
    )
  })

  it('writes where it is told to, over whatever stood there, and keeps the tally as it was', () => {
    const tally = tallyOf('ab.c1 ab?TXT zz.top ab')
    const before = structuredClone({ ...tally, answers: tally.answers.size, labels: tally.labels.size, clients: 0 })
    const width = family.features.length
    const out = new Float64Array(width + 4).fill(-7)
    family.extract(tally, out, 2)
    expect([...out.subarray(0, 2), ...out.subarray(2 + width)]).toEqual([-7, -7, -7, -7])
    expect([...out.subarray(2, 2 + width)]).toEqual(Object.values(valuesOf(family, tally)))
    expect({ ...tally, answers: tally.answers.size, labels: tally.labels.size, clients: 0 }).toEqual(before)
  })

  it('knows no clock and no addresses: only gaps, and how many there are', () => {
    const asked = (shiftMs: number, client: number): Asked[] =>
      ['a.b', 'c', 'd.e', 'c'].map((prefix, i) => ({
        prefix,
        ...{ timeMs: shiftMs + i * i * 1000, clientLo: client + (i & 1), clientHi: client },
      }))
    const [one, other] = [asked(0, 1), asked(1e12, 77)].map((rows) => valuesOf(family, tallyOf(rows)))
    expect(other).toEqual(one)
  })
})

describe('all families', () => {
  it('have names of their own, and so have all features', () => {
    const names = windowFamilies.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(new Set(windowFeatures.map(({ name }) => name)).size).toBe(windowFeatures.length)
  })

  it('stand side by side in a row', () => {
    const tally = tallyOf('mfrggzdf.www gezdgnbv.www?TXT')
    const values = Object.assign({}, ...windowFamilies.map((family) => valuesOf(family, tally)))
    expect([...windowRow(tally)]).toEqual(windowFeatures.map(({ name }) => values[name]))
  })
})

function expectSound(family: WindowFeatureFamily, tally: WindowTally): void {
  for (const [name, value] of Object.entries(valuesOf(family, tally))) {
    const { unit } = family.features.find((feature) => feature.name === name)!
    const sound = Number.isNaN(value) || (Number.isFinite(value) && UNITS[unit](value))
    if (!sound) expect.fail(`${name} is ${value}, which is no ${unit}`)
  }
}
