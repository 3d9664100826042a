import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contrast } from './contrast.testing.ts'
import { DARK, LIGHT, type Palette } from './palette.ts'

const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const

describe.each<[string, Palette]>([
  ['light', LIGHT],
  ['dark', DARK],
])('the %s palette', (_, palette) => {
  it('keeps 4.5:1 for texts', () => {
    for (const ground of ['ground', 'card', 'well'] as const) {
      for (const text of ['ink', 'soft', 'link', 'line', ...SEVERITIES] as const) {
        expect(contrast(palette[text], palette[ground]), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
      }
    }
    for (const severity of SEVERITIES) {
      expect(contrast(palette[severity], palette[`${severity}-ground`]), severity).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('keeps 3:1 for marks of charts', () => {
    for (const mark of ['queries', 'octets', 'account', 'line', 'typical'] as const) {
      expect(contrast(palette[mark], palette.card), mark).toBeGreaterThanOrEqual(3)
      expect(contrast(palette[mark], palette.well), mark).toBeGreaterThanOrEqual(3)
    }
  })
})

it('is the dashboard’s too, in both of its schemes', () => {
  const css = readFileSync(new URL('../../../web/src/styles.css', import.meta.url), 'utf8')
  const found = [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)]
  expect(found.length).toBeGreaterThan(15)
  expect(LIGHT).toMatchObject(Object.fromEntries(found.map(([, name, light]) => [name, light])))
  expect(DARK).toMatchObject(Object.fromEntries(found.map(([, name, , dark]) => [name, dark])))
})
