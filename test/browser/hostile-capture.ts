import { pcap, queryFrame, responseFrame } from '../../src/sources/capture/compose.testing.ts'
import { createRandom } from '../../src/stats/random.ts'

/** A domain that a spreadsheet takes for a formula. */
export const FORMULA_DOMAIN = "=cmd|' /C calc'!A0.example"

/** Labels that try to become markup, or to move a cursor or the order of letters. No dots: they would cut a label. */
export const HOSTILE_LABELS = [
  '<img src=x onerror=alert(1)>',
  '</title><script>alert(2)</script>',
  '"onmouseover="alert(3)" x="',
  '</style></svg><svg onload=alert(4)>',
  '\x1b[2J\x1b[31mred\x07',
  '\u202egpj\u2066exe\u200f',
] as const

const QUERIES = 60

/** A capture in which the formula's domain is a tunnel, and the labels above stand in its first names. */
export function hostileCapture(): Uint8Array {
  const random = createRandom(7)
  const noise = () => Array.from({ length: 40 }, () => 'abcdefghijklmnopqrstuvwxyz234567'[Math.floor(random() * 32)])
  const frames = Array.from({ length: QUERIES }, (_, i) => {
    const label = HOSTILE_LABELS[i] ?? noise().join('')
    const parts = { id: i + 1, name: `${label}.${noise().join('')}.${FORMULA_DOMAIN}`, qtype: 1 }
    const timeMs = Date.UTC(2026, 1, 3, 4, 5, 6) + i * 1000
    return [
      { timeMs, octets: queryFrame(parts, 40_000 + i) },
      { timeMs: timeMs + 20, octets: responseFrame(parts, 40_000 + i) },
    ]
  })
  return pcap(frames.flat())
}
