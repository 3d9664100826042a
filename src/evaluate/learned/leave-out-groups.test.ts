import { describe, expect, it } from 'vitest'
import { plantedSet } from '../../datasets/planted-set.testing.ts'
import { examplesOf, type Table, tableOf } from '../../datasets/table.ts'
import type { Examples } from '../../learn/examples.ts'
import { SplitError } from '../../learn/folds/split.ts'
import { learners } from '../../learn/learners.ts'
import type { JudgedFile } from './judge.ts'
import { leaveOutGroups, withoutResult } from './leave-out-groups.ts'

const table = tableOf(plantedSet({ split: (group) => (group % 4 === 3 ? 'dev' : 'train') }), {
  arm: 'answers',
  texts: false,
})
const examples = examplesOf(table)
const quiet = () => {}

/** Trains, and keeps what it was handed. */
function recorder(): { seen: Examples[]; train: (training: Examples) => JudgedFile } {
  const seen: Examples[] = []
  const train = (training: Examples) => {
    seen.push(training)
    const line = { name: 'fpr 0.001', value: 1, falseAlarmRate: 0, basis: '' }
    return { model: learners[0].fit()(training, 1), thresholds: [line], seed: 1 }
  }
  return { seen, train }
}

const rowsOf = (of: Table, keep: (row: number) => boolean) => [...of.y.keys()].filter(keep)

describe('leaving out', () => {
  it('trains without a tool and judges all of its rows, beside the benign rows held out', () => {
    const { seen, train } = recorder()
    const found = leaveOutGroups('tool', table, examples, train, quiet)
    expect(withoutResult('tool', table, found)).toEqual([])
    expect(withoutResult('tool', table, found.slice(1))).toEqual([found[0].leftOut])
    expect(found.map(({ leftOut }) => leftOut)).toEqual(['dnscat2', 'iodine'])
    const [first] = found
    const left = rowsOf(table, (row) => table.split[row] === 'train' && table.tool[row] !== 'dnscat2')
    expect([seen[0].y.length, first.trainRows]).toEqual([left.length, left.length])
    const trained = new Set(left.map((row) => examples.groups[row]))
    const apart = (row: number) => !trained.has(examples.groups[row])
    const attacks = rowsOf(table, (row) => table.tool[row] === 'dnscat2' && apart(row))
    const benign = rowsOf(table, (row) => table.tool[row] === 'benign' && table.split[row] === 'dev')
    expect([first.attackRows, first.benignRows]).toEqual([attacks.length, benign.length])
    const { model } = recorder().train(seen[0])
    const hits = (rows: number[]) => rows.filter((row) => model.scoreOne(examples.matrix.values, 2 * row) >= 1).length
    expect([first.found, first.falseAlarms]).toEqual([hits(attacks), hits(benign)])
    expect(first.rocAuc).toBeGreaterThan(0.8)
  })

  it('trains without a network and judges its rows only', () => {
    const { seen, train } = recorder()
    const found = leaveOutGroups('network', table, examples, train, quiet)
    expect(found.map(({ leftOut }) => leftOut)).toEqual(['home', 'work'])
    found.forEach(({ leftOut, attackRows, benignRows }, i) => {
      const rows = rowsOf(table, (row) => table.network[row] === leftOut)
      expect(attackRows + benignRows).toBe(rows.length)
      const groups = new Set(seen[i].groups)
      expect(rows.some((row) => groups.has(examples.groups[row]))).toBe(false)
    })
  })

  it('judges no row of which a copy trained', () => {
    const copied = { ...table, matrix: { ...table.matrix, values: table.matrix.values.slice() } }
    // All rows of the first group, of one network, are copies of the second's, of the other.
    copied.matrix.values.copyWithin(0, 10, 20)
    const { train } = recorder()
    const judged = (of: Table) => {
      const [{ attackRows, benignRows }] = leaveOutGroups('network', of, examplesOf(of), train, quiet)
      return attackRows + benignRows
    }
    expect(judged(table) - judged(copied)).toBe(5)
  })

  it('passes over what leaves too little to train on', () => {
    const one = { ...table, tool: table.tool.map((tool) => (tool === 'benign' ? tool : 'iodine')) }
    expect(leaveOutGroups('tool', one, examples, recorder().train, quiet)).toEqual([])
    expect(withoutResult('tool', one, [])).toEqual([...new Set(one.tool)].filter((name) => name !== 'benign').sort())
    const few = () => {
      throw new SplitError('too few')
    }
    expect(leaveOutGroups('tool', table, examples, few, quiet)).toEqual([])
    const bug = () => {
      throw new RangeError('a bug')
    }
    expect(() => leaveOutGroups('tool', table, examples, bug, quiet)).toThrow('a bug')
  })
})
