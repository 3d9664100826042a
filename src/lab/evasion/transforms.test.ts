import { expect, test } from 'vitest'
import { findEncoder } from '../encoders/index.ts'
import { rowsOf, START_MS, smallCapture, TUNNEL } from './capture.testing.ts'
import { cutNames } from './cut-names.ts'
import { inventedTops } from './invented-tops.ts'
import { names99 } from './names-a-day.ts'
import { asWords } from './reencode.ts'
import { spreadOver50 } from './spread.ts'
import { slower60 } from './stretch.ts'
import type { Transform } from './transform.ts'

const DAY_MS = 86_400_000

async function tunnelOf(transform: Transform, domain = TUNNEL) {
  const rows = await rowsOf(transform.stage(smallCapture(), [TUNNEL], 1).source)
  return rows.filter(({ qname }) => qname.toLowerCase().endsWith(domain) && !qname.startsWith('a.no'))
}

test('a slower clock keeps names and stretches what is between them', async () => {
  const [, again, next] = await tunnelOf(slower60)
  expect([again.timeMs, next.timeMs]).toEqual([START_MS + 6000, START_MS + 30_000])
})

test('re-encoded names give back the prefix, and a name asked again asks all of its names again', async () => {
  const names = (await tunnelOf(asWords)).map(({ qname }) => qname)
  const prefix = (await rowsOf(smallCapture()))[0].qname.slice(0, -TUNNEL.length - 1)
  // Four octets and a little a name, and the first old name was asked twice.
  const one = names.length - new Set(names).size > 0 ? names.indexOf(names[0], 1) : 0
  expect(names.slice(one, 2 * one)).toEqual(names.slice(0, one))
  const heard = names.slice(0, one).map((name) => name.replace(TUNNEL, 'x.test'))
  expect(Buffer.from(findEncoder('words')!.decode!(heard, 'x.test')).toString()).toBe(prefix)
})

test('invented top-level labels are another for every question', async () => {
  const rows = await rowsOf(inventedTops.stage(smallCapture(), [TUNNEL], 1).source)
  const tops = rows.filter(({ qtype }) => qtype === 16).map(({ qname }) => qname.slice(qname.lastIndexOf('.') + 1))
  expect(tops.filter((top) => /^[a-z]{8}$/.test(top)).length).toBe(new Set(tops).size - 1)
})

test('cut names are six characters, as many as there were names', async () => {
  const names = (await tunnelOf(cutNames)).map(({ qname }) => qname.slice(0, -TUNNEL.length - 1))
  expect(names.filter((name) => !/^[a-z2-7]{6}$/.test(name))).toEqual([])
  expect(new Set(names).size).toBe(200)
})

test('a tunnel over fifty domains uses each as much, and keeps a name where it was', async () => {
  const rows = await tunnelOf(spreadOver50, '.com')
  const domains = rows.map(({ qname }) => qname.split('.').slice(-2).join('.'))
  expect(new Set(domains).size).toBe(50)
  expect(new Set(rows.map(({ qname }) => qname.toLowerCase())).size).toBe(200)
})

test('99 names a day are 99 names a day', async () => {
  const rows = await tunnelOf(names99)
  const days = new Map<number, Set<string>>()
  for (const { timeMs, qname } of rows) {
    const day = Math.floor((timeMs - START_MS) / DAY_MS)
    days.set(day, (days.get(day) ?? new Set()).add(qname.toLowerCase()))
  }
  expect([...days.values()].map((names) => names.size)).toEqual([99, 99, 2])
})
