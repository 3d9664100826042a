import { expect, it } from 'vitest'
import { printable } from './printable.ts'
import { columnsOf, fit, wrap } from './text-layout.ts'
import { figure, spanWords } from './words.ts'

it('O5: makes what a terminal acts on visible, and leaves text alone', () => {
  expect(printable('a\x1b[2J\x07\x9b\x7f\u202e\u2028\ufeff\u{e0041}\ud800')).toBe(
    'a\\x1b[2J\\x07\\x9b\\x7f\\u{202e}\\u{2028}\\u{feff}\\u{e0041}\\u{d800}',
  )
  expect(printable('größe, 漢字, \\027.example')).toBe('größe, 漢字, \\027.example')
})

it('cuts in the middle, by columns', () => {
  expect(fit('abcdefghijkl', 9)).toBe('abc...jkl')
  expect(fit('abcdefghi', 9)).toBe('abcdefghi')
  expect(columnsOf(fit('漢字漢字漢字漢字', 9))).toBeLessThanOrEqual(9)
  expect(fit('abcdef', 2)).toBe('..')
})

it('wraps at blanks, and inside a word that is longer than a line', () => {
  expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four'])
  expect(wrap('x'.repeat(20), 8)).toEqual(['x'.repeat(8), 'x'.repeat(8), 'xxxx'])
  expect(wrap('', 8)).toEqual([])
})

it('writes figures and times for people', () => {
  expect([0, 1234567, 0.034, 12.66, 212.4].map(figure)).toEqual(['0', '1,234,567', '0.03', '12.7', '212'])
  const first = '2026-02-03T04:05:06.789Z'
  expect(spanWords(first, first)).toBe('2026-02-03 04:05:06 UTC')
  expect(spanWords(first, '2026-02-03T05:00:00.000Z')).toBe('2026-02-03 04:05:06 to 05:00:00 UTC')
  expect(spanWords(first, '2026-02-04T05:00:00.000Z')).toBe('2026-02-03 04:05:06 to 2026-02-04 05:00:00 UTC')
})
