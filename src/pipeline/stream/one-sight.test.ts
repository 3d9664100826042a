import { describe, expect, it } from 'vitest'
import { DnsBatch } from '../../batch/dns-batch.ts'
import { parseName } from '../../dns/name.ts'
import { OneSight } from './one-sight.ts'

/** Says of each sight, `source name time client`, whether it was the second of a query. */
function seconds(...sights: string[]): boolean[] {
  const one = new OneSight()
  return sights.map((sight) => {
    const [source, name, time, client = '7', qtype = '1'] = sight.split(' ')
    const batch = new DnsBatch()
    const row = batch.addRow()
    const octets = new Uint8Array(256)
    const length = parseName(name, octets, 0)
    batch.setName(row, octets, 0, length, 0)
    batch.timeMs[row] = Number(time)
    batch.client[16 * row + 15] = Number(client)
    batch.qtype[row] = Number(qtype)
    return one.isSecond(batch, row, Number(source))
  })
}

describe('one query at several places', () => {
  it.each([
    ['the same at another place, in any case of letters', ['0 a.example 1000', '1 A.Example 1900'], [false, true]],
    ['the same at the same place', ['0 a.example 1000', '0 a.example 1001'], [false, false]],
    ['asked twice, and seen twice at each', ['0 a.b 1', '0 a.b 2', '1 a.b 3', '1 a.b 4'], [false, false, true, true]],
    ['asked twice, and seen thrice at one', ['0 a.b 1', '1 a.b 2', '1 a.b 3'], [false, true, false]],
    ['another name', ['0 a.b 1', '1 b.b 2'], [false, false]],
    ['another type', ['0 a.b 1 7 1', '1 a.b 2 7 16'], [false, false]],
    ['another client', ['0 a.b 1 7', '1 a.b 2 8'], [false, false]],
    ['too late', ['0 a.b 1', '1 a.b 2002'], [false, false]],
    ['a clock that is behind', ['0 a.b 2000', '1 a.b 0'], [false, true]],
    ['no time', ['0 a.b NaN', '1 a.b NaN'], [false, false]],
  ])('%s', (_, sights, expected) => {
    expect(seconds(...sights)).toEqual(expected)
  })
})
