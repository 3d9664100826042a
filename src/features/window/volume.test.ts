import { expect, it } from 'vitest'
import { tallyOf, valuesOf } from './tally.testing.ts'
import { volume } from './volume.ts'

it('counts queries, new names and clients, repeats and bare queries too', () => {
  const rows = ['a', 'b', 'a', ''].map((prefix, i) => ({ prefix, clientLo: i % 2 }))
  expect(valuesOf(volume, tallyOf(rows))).toEqual({ queries: 4, newNames: 2, newNameShare: 0.5, clients: 2 })
})

it('tells clients apart up to a thousand and twenty-four', () => {
  const rows = Array.from({ length: 1500 }, (_, i) => ({ prefix: 'www', clientLo: i }))
  expect(valuesOf(volume, tallyOf(rows)).clients).toBe(1024)
})
