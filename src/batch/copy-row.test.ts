import { describe, expect, it } from 'vitest'
import { copyRow } from './copy-row.ts'
import { BATCH_ROWS, DnsBatch, RCODE_NONE } from './dns-batch.ts'
import { addRow, rowsToBatch, viewsOf } from './rows.testing.ts'

type Column = { [index: number]: number; length: number; readonly BYTES_PER_ELEMENT: number }

const CAPACITY = 4
/** Where names and targets lie: a copy has places of its own. */
const PLACES = ['nameStart', 'targetFirst', 'targetStart', 'targetLength', 'arena', 'arenaWords']
/** Addresses a second time, as words, and all columns of a width as one. */
const TWICE = ['clientWords', 'resolverWords', 'doubles', 'words', 'shorts', 'octets']

/** The class's own typed arrays with one value, or sixteen, a row: a new column is among them without being named. */
function columnsOf(batch: DnsBatch): [string, Column, number][] {
  return Object.entries(batch)
    .filter(([name, value]) => ArrayBuffer.isView(value) && ![...PLACES, ...TWICE].includes(name))
    .map(([name, value]) => [name, value as unknown as Column, (value as unknown as Column).length / batch.capacity])
}

/** A batch whose third row has another value in every column. */
function filled(): DnsBatch {
  const batch = new DnsBatch(CAPACITY)
  for (let i = 0; i < 3; i++) addRow(batch, { qname: 'a.example', targets: ['one.example'] })
  let value = 3
  for (const [, column, width] of columnsOf(batch)) {
    for (let i = 0; i < width; i++) column[2 * width + i] = 1 + (value++ % 119)
  }
  const name = Uint8Array.from([3, 0x41, 0x42, 0xff, 1, 0x2e])
  batch.setName(2, name, 0, 6, 2)
  batch.addTarget(2, name, 0, 4)
  batch.targetCount[2] = 2
  return batch
}

describe('copyRow', () => {
  it('copies every column the class has', () => {
    const from = filled()
    const to = new DnsBatch(CAPACITY)
    addRow(to, { qname: 'before.example', targets: ['x.example', 'y.example'] })
    expect(copyRow(from, 2, to)).toBe(1)
    const columns = columnsOf(from)
    expect(columns.length).toBeGreaterThan(25)
    for (const [name, column, width] of columns) {
      const copied = (to as unknown as Record<string, Column>)[name]
      for (let i = 0; i < width; i++) {
        expect(column[2 * width + i], `the test gives ${name} a value`).not.toBe(0)
        expect(copied[width + i], name).toBe(column[2 * width + i])
      }
    }
    const [view] = viewsOf(from).slice(2)
    const [, copy] = viewsOf(to)
    expect([copy.qname, copy.targets]).toEqual([view.qname, view.targets])
    expect(copy.targets).toEqual(['one.example', 'AB\\255'])
  })

  it('leaves the original alone, and shares nothing with it', () => {
    const from = filled()
    const before = structuredClone(columnsOf(from).map(([, column]) => column))
    const to = new DnsBatch(CAPACITY)
    copyRow(from, 2, to)
    from.arena.fill(0)
    expect(viewsOf(to)[0].qname).toBe('AB\\255.\\.')
    expect(columnsOf(from).map(([, column]) => column)).toEqual(before)
  })
})

describe('DnsBatch', () => {
  it('opens a row with every column unknown, whatever the row before it left there', () => {
    const batch = filled()
    batch.clear()
    const fresh = new DnsBatch(CAPACITY)
    for (let i = 0; i < 3; i++) {
      batch.addRow()
      fresh.addRow()
    }
    for (const [name, column, width] of columnsOf(fresh)) {
      const again = (batch as unknown as Record<string, Column>)[name]
      for (let i = 0; i < 3 * width; i++) expect(again[i], name).toEqual(column[i])
    }
    expect([fresh.rcode[0], fresh.timeMs[0], fresh.ttlMinSeconds[0]]).toEqual([RCODE_NONE, Number.NaN, -1])
    expect([batch.arenaLength, batch.targetTotal, batch.targetCount[2]]).toEqual([0, 0, 0])
  })

  it('trades rows and memory with another, so that a source may write on', () => {
    const source = filled()
    const kept = new DnsBatch(2 * CAPACITY)
    kept.trade(source)
    expect([kept.rows, kept.capacity, source.rows, source.capacity]).toEqual([3, CAPACITY, 0, 2 * CAPACITY])
    addRow(source, { qname: 'next.example' })
    expect(viewsOf(kept).map((view) => view.qname)).toEqual(viewsOf(filled()).map((view) => view.qname))
    expect(viewsOf(source).map((view) => view.qname)).toEqual(['next.example'])
  })

  it('grows its arena and targets as needed', () => {
    const batch = new DnsBatch(600)
    for (let i = 0; i < 600; i++) addRow(batch, { qname: `${'x'.repeat(60)}.${i}.example`, targets: [`t${i}.example`] })
    expect(batch.full).toBe(true)
    const views = viewsOf(batch)
    expect([views[599].qname, views[599].targets]).toEqual([`${'x'.repeat(60)}.599.example`, ['t599.example']])
    expect([views[0].qname, views[300].targets]).toEqual([`${'x'.repeat(60)}.0.example`, ['t300.example']])
  })

  it('has every column in a place of its own', () => {
    const batch = new DnsBatch(CAPACITY)
    for (const [name, column] of columnsOf(batch)) {
      const others = columnsOf(batch).filter(([other]) => other !== name)
      const before = structuredClone(others)
      for (let i = 0; i < column.length; i++) column[i] = 7
      expect(others, name).toEqual(before)
      for (let i = 0; i < column.length; i++) column[i] = 0
    }
  })

  it('is full at its capacity', () => {
    expect(new DnsBatch().capacity).toBe(BATCH_ROWS)
    expect(rowsToBatch([{ qname: 'a.example' }]).full).toBe(true)
  })
})

describe('RowView', () => {
  it('shows a row as a person would read it', () => {
    const [row, bare] = viewsOf(
      rowsToBatch([
        { qname: 'a.example', client: '2001:db8::1', qtype: 'MX', targets: ['mail.example'] },
        { qname: '.', client: '', rcode: -1 },
      ]),
    )
    expect([row.qname, row.client, row.resolver, row.qtype, row.rcode, row.targets]).toEqual([
      ...['a.example', '2001:db8::1', '10.0.0.53', 15, 0],
      ['mail.example'],
    ])
    expect([row.has('hasClient'), row.has('response'), bare.has('response')]).toEqual([true, true, false])
    expect([bare.qname, bare.client, bare.resolver, bare.targets]).toEqual(['.', '', '', []])
  })
})
