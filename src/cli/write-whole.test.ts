import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { writePieces, writeWhole } from './write-whole.ts'

const folder = mkdtempSync(join(tmpdir(), 'wakeful-write-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('replaces a file in one step and leaves nothing beside it', () => {
  const path = join(folder, 'a.json')
  writeWhole(path, 'one')
  writeWhole(path, 'two')
  expect(readFileSync(path, 'utf8')).toBe('two')
  expect(readdirSync(folder)).toEqual(['a.json'])
})

it.skipIf(process.platform === 'win32')('replaces what a link points at, not the link', () => {
  writeFileSync(join(folder, 'real'), 'one')
  symlinkSync('real', join(folder, 'link'))
  writeWhole(join(folder, 'link'), 'two')
  expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('two')
  expect(readlinkSync(join(folder, 'link'))).toBe('real')
})

it.skipIf(process.platform === 'win32')('writes to a device without putting a file in its place', () => {
  writeWhole('/dev/null', 'gone')
  expect(readFileSync('/dev/null', 'utf8')).toBe('')
})

it('says in one sentence why it cannot, and leaves nothing behind', () => {
  expect(() => writeWhole(join(folder, 'no', 'b.json'), '')).toThrow(
    /b\.json cannot be written \(ENOENT.*: name a file/,
  )
  expect(() => writeWhole(folder, '')).toThrow(/cannot be written/)
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
})

async function* piecesOf(texts: readonly string[], end?: Error): AsyncGenerator<string> {
  yield* texts
  if (end) throw end
}

it('puts pieces together, and keeps the old file where they end in an error or were told to stop', async () => {
  const path = join(folder, 'pieces.csv')
  const signal = new AbortController().signal
  await writePieces(path, piecesOf(['a', 'ä\n']), signal)
  await expect(writePieces(path, piecesOf(['b'], new Error('broke off')), signal)).rejects.toThrow('broke off')
  await writePieces(path, piecesOf(['c']), AbortSignal.abort())
  await expect(writePieces(folder, piecesOf(['d']), signal)).rejects.toThrow(/cannot be written/)
  await expect(writePieces(join(folder, 'no', 'e.csv'), piecesOf([]), signal)).rejects.toThrow(
    /e\.csv cannot be written/,
  )
  expect(readFileSync(path, 'utf8')).toBe('aä\n')
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  expect(
    readdirSync(join(folder, '..')).filter((name) => name.startsWith('wakeful-write-') && name.endsWith('.part')),
  ).toEqual([])
})
