import { expect, it } from 'vitest'
import { publishedLines } from './published-lines.ts'
import { rowOf, sightingOf, tunnelSighting } from './sighting.testing.ts'

it('names a domain from the line on', () => {
  const names = (count: number) => Array.from({ length: count }, (_, i) => `n${i}`)
  const row = rowOf({ file: 'b.pcap' })
  const sightings = [
    tunnelSighting(500),
    sightingOf(names(100), { row, domain: 'just.test' }),
    sightingOf(names(99), { row, domain: 'below.test' }),
  ]
  expect(publishedLines(sightings).map(({ severity, found, falseDomains }) => [severity, found, falseDomains])).toEqual(
    [
      ['base', 1, ['just.test']],
      ['low', 1, []],
      ['medium', 0, []],
      ['high', 0, []],
    ],
  )
})
