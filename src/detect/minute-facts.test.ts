import { describe, expect, it } from 'vitest'
import { parseAddress } from '../batch/address.ts'
import { CLIENT, rowsToBatch, wire } from '../batch/rows.testing.ts'
import { CanonicalBatch } from './canonical-batch.ts'
import { MinuteFacts, type NovelExchange } from './minute-facts.ts'

const NOVEL: NovelExchange = { octets: 8, prefixOctets: 10, namesStep: 1, answersStep: 2, invented: false }

/** Rows under registered domains of two labels, with hashes by their place in `domains` and `clients`. */
function rowsOf(names: readonly string[], clients: readonly number[] = names.map(() => 1)): CanonicalBatch {
  const rows = new CanonicalBatch(names.length)
  rows.batch = rowsToBatch(names.map((qname) => ({ qname, textOctets: 5, rawOctets: 2, qtype: 'TXT' })))
  const domains = names.map((name) => name.toLowerCase().split('.').slice(-2).join('.'))
  names.forEach((name, row) => {
    rows.domainLength[row] = wire(domains[row]).length
    rows.domainOffset[row] = wire(name).length - rows.domainLength[row]
    rows.domainLo[row] = domains.indexOf(domains[row])
    rows.domainHi[row] = 1
    rows.clientLo[row] = clients[row]
    rows.clientHi[row] = clients[row]
  })
  return rows
}

const latin1 = (octets: Uint8Array) => Buffer.from(octets).toString('latin1')

describe('MinuteFacts', () => {
  it('sums one client’s names under one domain', () => {
    const facts = new MinuteFacts()
    const rows = rowsOf(['A.Evil.example', 'b.evil.example', 'c.evil.example'])
    ;[5, 9, 7].forEach((time, row) => {
      facts.note(rows, row, time, { ...NOVEL, octets: [8, 3, 6][row] })
    })
    const client = new Uint8Array(16)
    parseAddress(CLIENT, client, 0)
    expect(facts.take()).toEqual([
      {
        ...{ clientLo: 1, clientHi: 1, client: latin1(client), domainLo: 0, domainHi: 1, invented: false },
        ...{ domain: latin1(wire('evil.example')), sample: latin1(wire('A.Evil.example')), qtype: 16, input: 0 },
        ...{ firstMs: 5, lastMs: 9, queries: 3, names: 3, octets: 17, excessOctets: 3 + 0 + 1, prefixOctets: 30 },
        ...{ answerOctets: 21, namesSum: 3, answersSum: 6 },
      },
    ])
  })

  it('keeps clients, domains and whole names apart', () => {
    const facts = new MinuteFacts()
    const rows = rowsOf(['a.x.example', 'a.x.example', 'a.y.example', 'b.x.example'], [1, 2, 1, 1])
    for (let row = 0; row < 4; row++) facts.note(rows, row, row, NOVEL)
    facts.note(rows, 0, 9, { ...NOVEL, invented: true })
    const taken = facts.take()
    expect(taken.map(({ clientLo, domainLo, invented, queries }) => [clientLo, domainLo, invented, queries])).toEqual([
      [1, 0, false, 2],
      [2, 0, false, 1],
      [1, 2, false, 1],
      [1, 0, true, 1],
    ])
  })

  it('starts anew with every minute', () => {
    const facts = new MinuteFacts()
    const rows = rowsOf(['a.x.example', 'a.longer-name.example'])
    facts.note(rows, 0, 1, NOVEL)
    expect(facts.take().length).toBe(1)
    expect(facts.take()).toEqual([])
    facts.note(rows, 1, 2, NOVEL)
    expect(facts.take()).toMatchObject([
      { domain: latin1(wire('longer-name.example')), queries: 1, octets: 8, firstMs: 2 },
    ])
  })

  it('has nobody to charge where there is no client', () => {
    const facts = new MinuteFacts()
    facts.note(rowsOf(['a.x.example'], [0]), 0, 1, NOVEL)
    expect(facts.take()).toEqual([])
  })

  it('takes the first 64, goes on with those, and counts what found no room', () => {
    const facts = new MinuteFacts()
    const rows = rowsOf(Array.from({ length: 100 }, (_, i) => `a.s${i}.example`))
    for (let i = 0; i < 100; i++) {
      rows.domainLo[i] = i
      facts.note(rows, i, i, NOVEL)
    }
    facts.note(rows, 3, 200, NOVEL)
    const taken = facts.take()
    expect([taken.length, facts.overflowed, taken[3].queries, taken[3].lastMs]).toEqual([64, 36, 2, 200])
  })
})
