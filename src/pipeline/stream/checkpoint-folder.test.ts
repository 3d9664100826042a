import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CheckpointFolder } from './checkpoint-folder.ts'

const TERMS = { modelVersion: 'm1', name: 'default', parts: 4 }
let folder: string
const doubts: string[] = []
const open = (terms = TERMS) => new CheckpointFolder(folder, terms)
const load = (from: CheckpointFolder) => from.load('ml-raw-dns', 3, (sentence) => doubts.push(sentence))
const file = () => join(folder, 'ml-raw-dns-3.checkpoint')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wakeful-checkpoints-'))
  doubts.length = 0
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('CheckpointFolder', () => {
  it('gives back the newest', () => {
    open().save('ml-raw-dns', 3, { position: 5, memory: { a: 1 } })
    open().save('ml-raw-dns', 3, { position: 9, memory: { a: 2 } })
    expect(load(open())).toEqual({ position: 9, memory: { a: 2 } })
    expect(doubts).toEqual([])
  })

  it('has none where there was none', () => {
    expect(load(open())).toBeUndefined()
  })

  it('takes the one before where the newest is cut at any octet, and says so', () => {
    open().save('ml-raw-dns', 3, { position: 5, memory: { a: 1 } })
    open().save('ml-raw-dns', 3, { position: 9, memory: { a: 2 } })
    const whole = readFileSync(file())
    for (let octets = 0; octets < whole.length; octets++) {
      doubts.length = 0
      writeFileSync(file(), whole.subarray(0, octets))
      expect(load(open())?.position).toBe(5)
      expect(doubts).toHaveLength(1)
    }
  })

  it('does not use what another model, name or cut left, and says so', () => {
    open().save('ml-raw-dns', 3, { position: 5, memory: {} })
    for (const change of [{ modelVersion: 'm2' }, { name: 'other' }, { parts: 8 }]) {
      expect(load(open({ ...TERMS, ...change }))).toBeUndefined()
    }
    expect(doubts).toHaveLength(3)
  })

  it('is claimed on its first terms, by many workers at once, and by nobody on others', () => {
    open().claim('ml-raw-dns')
    open().claim('ml-raw-dns')
    expect(() => open({ ...TERMS, modelVersion: 'm2' }).claim('ml-raw-dns')).toThrow(
      /another model: name another folder/,
    )
    expect(() => open({ ...TERMS, parts: 8 }).claim('ml-raw-dns')).toThrow(/4 partitions, and the topic has 8/)
  })

  it('leaves nothing half written where the disk does not take it', () => {
    const closed = open()
    rmSync(folder, { recursive: true })
    expect(() => closed.save('ml-raw-dns', 3, { position: 5, memory: {} })).toThrow()
  })

  it('keeps topics apart, and leaves no other files', () => {
    open().save('a/../b', 0, { position: 1, memory: {} })
    open().save('a', 0, { position: 2, memory: {} })
    expect(readdirSync(folder).sort()).toEqual(['a%2F..%2Fb-0.checkpoint', 'a-0.checkpoint'])
  })
})
