import { expect, it } from 'vitest'
import type { Fitted } from './cross-fit.ts'
import { rowOf, sightingOf } from './sighting.testing.ts'
import { judge } from './standing.ts'

const tunnel = (file: string) => rowOf({ file, label: 'attack', domains: ['t.test'] })
const ROWS = { one: tunnel('1'), two: tunnel('2'), home: rowOf({ file: '3', split: 'dev' }) }
const TUNING = ['a.test', 'b.test', 'c.test', 'd.test', 'e.test'].map((domain) => sightingOf(['www'], { domain }))
const JUDGED = [
  sightingOf(['x'], { row: ROWS.one, domain: 't.test', attack: true, queries: 50 }),
  sightingOf(['x'], { row: ROWS.one, domain: 'near.test', queries: 60 }),
  sightingOf(['x'], { row: ROWS.two, domain: 't.test', attack: true, queries: 15 }),
  sightingOf(['x'], { row: ROWS.home, domain: 'loud.test', queries: 25 }),
  sightingOf(['x'], { row: ROWS.home, domain: 'still.test', queries: 1 }),
]
const byQueries: Fitted = { score: ({ queries }) => queries, tuning: [30, 20, 10, 8, 5] }

it('judges captures and benign domains by lines set on the tuning sightings', () => {
  const round = { table: 'tool', name: 'iodine', tunnels: [ROWS.one, ROWS.two], benign: [ROWS.home] } as const
  const [none, three] = judge('queries', byQueries, TUNING, round, (rows) =>
    JUDGED.filter(({ row }) => rows.includes(row)),
  )
  expect(none).toEqual({
    ...{ table: 'tool', round: 'iodine', contestant: 'queries', allowed: 0, line: 30 },
    ...{ captures: 2, found: 1, missed: ['2'], beside: ['near.test'], judged: 2, falseDomains: [] },
  })
  expect(three).toMatchObject({ allowed: 3, line: 8, found: 2, missed: [], falseDomains: ['loud.test'] })
})
