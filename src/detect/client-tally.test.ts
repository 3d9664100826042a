import { describe, expect, it } from 'vitest'
import { parseAddress } from '../batch/address.ts'
import { CLIENTS_MAX, ClientTallies } from './client-tally.ts'

function address(text: string): Uint8Array {
  const octets = new Uint8Array(16)
  parseAddress(text, octets, 0)
  return octets
}

/** Asks `queries` times as client `n`, whose total starts at `before`; others' names in between by `step`. */
function ask(tallies: ClientTallies, n: number, queries: number, before = 0, step = 1) {
  let tally = tallies.of(n, n, address(`10.0.0.${n % 256}`), 0, before + 1)
  for (let i = 0; i < queries; i++) {
    const total = before + 1 + i * step
    tally = tallies.of(n, n, address(`10.0.0.${n % 256}`), 0, total)
    tally.totalNow = Math.max(tally.totalNow, total)
    tally.queries++
  }
  return tally
}

describe('ClientTallies', () => {
  it('is one tally a client', () => {
    const tallies = new ClientTallies()
    expect(ask(tallies, 1, 3)).toBe(ask(tallies, 1, 2))
    expect(ask(tallies, 2, 1)).not.toBe(ask(tallies, 1, 1))
    expect(tallies.list.map((tally) => tally.queries)).toEqual([6, 1])
  })

  it('lists by octets, then address, clients before resolvers', () => {
    const tallies = new ClientTallies()
    for (const n of [3, 1, 2]) ask(tallies, n, 1)
    tallies.list.forEach((tally) => {
      tally.octets = tally.lo === 3 ? 50 : 10
    })
    expect(tallies.listed().map((tally) => tally.lo)).toEqual([3, 1, 2])
    tallies.list[2].clientSide = true
    expect(tallies.listed().map((tally) => tally.lo)).toEqual([2])
  })

  it('does not list rows without an address', () => {
    const tallies = new ClientTallies()
    tallies.of(0, 0, new Uint8Array(16), 0, 0).queries++
    expect([tallies.listed().length, tallies.count()]).toEqual([0, 0])
  })

  it('lists a hundred clients and counts the others', () => {
    const tallies = new ClientTallies()
    for (let n = 1; n <= 250; n++) ask(tallies, n, 2)
    expect([tallies.listed().length, tallies.count()]).toEqual([CLIENTS_MAX, 250])
    const others = ask(tallies, 251, 1)
    expect(others).toBe(ask(tallies, 300, 1))
    expect([tallies.list.length, tallies.count()]).toEqual([CLIENTS_MAX, 252])
  })

  it('gives the domain’s share of what its clients ask, shrunk by eight', () => {
    const tallies = new ClientTallies()
    ask(tallies, 1, 100, 50, 4)
    // 100 queries here while the client asked 397.
    expect(tallies.share()).toBeCloseTo(100 / (397 + 8), 9)
    const alone = new ClientTallies()
    ask(alone, 1, 4)
    expect(alone.share()).toBeCloseTo(4 / 12, 9)
    expect(new ClientTallies().share()).toBeNaN()
  })
})
