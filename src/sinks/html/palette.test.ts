import { describe, expect, it } from 'vitest'
import { DARK, LIGHT, type Palette } from './palette.ts'

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

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
