import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Journal } from './journal.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wakeful-journal-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A journal whose entries are numbers, and whose state is the list of them. */
function open(segmentOctets?: number) {
  const entries: number[] = []
  const doubts: string[] = []
  const troubles: (string | undefined)[] = []
  const journal = new Journal(
    folder,
    {
      apply: (entry) => void entries.push(entry as number),
      snapshot: () => [...entries],
      restore: (read) => {
        if (!Array.isArray(read)) throw new Error('it is no list')
        entries.splice(0, Infinity, ...read)
      },
      onDoubt: (sentence) => void doubts.push(sentence),
      onTrouble: (sentence) => void troubles.push(sentence),
    },
    segmentOctets,
  )
  journal.open()
  const add = (...numbers: number[]) => {
    for (const number of numbers) {
      entries.push(number)
      journal.append(number)
    }
  }
  return { journal, entries, doubts, troubles, add }
}

const files = () => readdirSync(folder).sort()

describe('a journal', () => {
  it('gives back what was appended, in order, and goes on', () => {
    const first = open()
    first.add(1, 2, 3)
    first.journal.close()
    const second = open()
    expect(second.entries).toEqual([1, 2, 3])
    second.add(4)
    second.journal.close()
    expect(open().entries).toEqual([1, 2, 3, 4])
  })

  it('gives back the whole entries before any place it is cut at, says so, and appends behind them', () => {
    const first = open()
    first.add(10, 20, 30)
    first.journal.close()
    const [name] = files()
    const whole = readFileSync(join(folder, name))
    const ends = [...whole.keys()].filter((at) => whole[at] === 0x0a)
    for (let length = 0; length < whole.length; length++) {
      writeFileSync(join(folder, name), whole)
      truncateSync(join(folder, name), length)
      const cut = open()
      const left = ends.filter((end) => end < length).length
      expect(cut.entries, `cut at ${length}`).toEqual([10, 20, 30].slice(0, left))
      expect(cut.doubts.length).toBe(length === 0 || ends.includes(length - 1) ? 0 : 1)
      cut.add(40)
      cut.journal.close()
      expect(open().entries).toEqual([...[10, 20, 30].slice(0, left), 40])
    }
  })

  it('leaves out an entry that is damaged, whatever octet of it is, and says so', () => {
    const first = open()
    first.add(10, 20, 30)
    first.journal.close()
    const path = join(folder, files()[0])
    const whole = readFileSync(path)
    const second = whole.indexOf(0x0a) + 1
    for (let at = second; at < whole.indexOf(0x0a, second); at++) {
      const damaged = Buffer.from(whole)
      damaged[at] ^= 0x01
      writeFileSync(path, damaged)
      const read = open()
      expect(read.entries, `octet ${at}`).toEqual([10, 30])
      expect(read.doubts[0]).toContain('1 damaged')
      read.journal.close()
    }
  })

  it('begins a segment behind a snapshot, keeps two, and reads from either', () => {
    const first = open(60)
    const numbers = Array.from({ length: 40 }, (_, i) => i)
    first.add(...numbers)
    first.journal.close()
    const snapshots = files().filter((name) => name.startsWith('snapshot'))
    expect(snapshots).toHaveLength(2)
    expect(open(60).entries).toEqual(numbers)
    // The newest is damaged: the one before it, with two segments behind, says the same.
    appendFileSync(join(folder, snapshots[1]), 'x')
    const second = open(60)
    expect(second.entries).toEqual(numbers)
    expect(second.doubts[0]).toContain('an older one is used')
  })

  it('says so where both snapshots are gone, and reads what is left', () => {
    const first = open(60)
    first.add(...Array.from({ length: 40 }, (_, i) => i))
    first.journal.close()
    for (const name of files()) if (name.startsWith('snapshot')) writeFileSync(join(folder, name), '')
    const read = open(60)
    expect(read.doubts.filter((sentence) => sentence.includes('damaged'))).toHaveLength(2)
    expect(read.entries.at(-1)).toBe(39)
  })

  it.skipIf(process.platform !== 'linux')(
    'keeps entries while the disk is full, says so, and writes them when there is room',
    () => {
      const { journal, add, troubles } = open()
      add(1)
      const good = Reflect.get(journal, 'file') as number
      const full = openSync('/dev/full', 'r+')
      Reflect.set(journal, 'file', full)
      add(2, 3)
      expect(troubles.at(-1)).toMatch(/cannot be written \(ENOSPC.*2 entries wait/)
      Reflect.set(journal, 'file', good)
      closeSync(full)
      journal.retry()
      expect(troubles.at(-1)).toBeUndefined()
      expect(journal.lost).toBe(0)
      journal.close()
      expect(open().entries).toEqual([1, 2, 3])
    },
  )
})
