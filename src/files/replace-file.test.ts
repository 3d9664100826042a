import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { replaceFile } from './replace-file.ts'

let folder: string
const path = () => join(folder, 'a')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wakeful-files-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('makes and replaces a file, of text or octets, and leaves nothing beside it', () => {
  replaceFile(path(), 'one')
  replaceFile(path(), Uint8Array.of(0, 255), { durable: true })
  expect([...readFileSync(path())]).toEqual([0, 255])
  expect(readdirSync(folder)).toEqual(['a'])
})

it('gives the new file its permissions, also where what a killed process left stands in the way', () => {
  writeFileSync(path(), 'open to all', { mode: 0o644 })
  replaceFile(path(), 'secret', { mode: 0o600 })
  expect(statSync(path()).mode & 0o777).toBe(0o600)
  writeFileSync(`${path()}.${process.pid}.part`, 'left behind', { mode: 0o644 })
  replaceFile(path(), 'secret', { mode: 0o600 })
  expect(statSync(path()).mode & 0o777).toBe(0o600)
})

it('keeps the file before where it is told to', () => {
  const before = join(folder, 'a.before')
  replaceFile(path(), 'one', { before })
  expect(readdirSync(folder)).toEqual(['a'])
  replaceFile(path(), 'two', { before })
  replaceFile(path(), 'three', { before })
  expect([readFileSync(path(), 'utf8'), readFileSync(before, 'utf8')]).toEqual(['three', 'two'])
})

it('leaves the old file, and nothing beside it, where it fails', () => {
  // A folder that is not empty cannot be renamed over.
  mkdirSync(join(path(), 'within'), { recursive: true })
  expect(() => replaceFile(path(), 'new')).toThrow()
  expect(readdirSync(folder)).toEqual(['a'])
  expect(readdirSync(path())).toEqual(['within'])
  expect(() => replaceFile(join(folder, 'none', 'a'), 'new')).toThrow(/ENOENT/)
})
