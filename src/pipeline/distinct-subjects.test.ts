import { expect, it } from 'vitest'
import { DnsBatch, VANTAGE } from '../batch/dns-batch.ts'
import { CanonicalBatch, NAME_CLASS } from '../detect/canonical-batch.ts'
import { DistinctSubjects } from './distinct-subjects.ts'

function rowsOf(facts: { client: number; domain: number; nameClass?: number; vantage?: number }[]): CanonicalBatch {
  const rows = new CanonicalBatch(facts.length)
  rows.batch = new DnsBatch(facts.length)
  for (const { client, domain, nameClass = NAME_CLASS.ordinary, vantage = VANTAGE.clientSide } of facts) {
    const row = rows.batch.addRow()
    rows.batch.vantage[row] = vantage
    rows.nameClass[row] = nameClass
    rows.clientLo[row] = client
    rows.domainLo[row] = domain
  }
  return rows
}

it('counts clients and registered domains over batches', () => {
  const distinct = new DistinctSubjects()
  distinct.add(
    rowsOf([
      { client: 1, domain: 1 },
      { client: 1, domain: 2 },
      { client: 0, domain: 3 },
    ]),
  )
  distinct.add(
    rowsOf([
      { client: 2, domain: 2 },
      { client: 2, domain: 9, nameClass: NAME_CLASS.reverse },
    ]),
  )
  expect([distinct.clients, distinct.domains]).toEqual([2, 3])
})

it('counts resolvers only where nobody else asked', () => {
  const resolver = { client: 7, domain: 1, vantage: VANTAGE.resolverSide }
  const distinct = new DistinctSubjects()
  distinct.add(rowsOf([resolver]))
  expect(distinct.clients).toBe(1)
  distinct.add(rowsOf([resolver, { client: 1, domain: 1 }, { client: 2, domain: 1 }]))
  expect(distinct.clients).toBe(2)
})
