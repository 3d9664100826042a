import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder, writeManifest } from './manifest.testing.ts'
import { readManifest } from './manifest.ts'
import { manifestHash, trainingHash } from './manifest-hash.ts'

const folder = temporaryFolder()
// Longer than what is read at a time.
const content = Buffer.alloc(3_000_001, 'names\n')
writeFileSync(join(folder, 'a.log'), content)
writeFileSync(join(folder, 'b.csv'), 'domain,label\n')

const A = 'a.log,zeek,attack,iodine,lab,train,one,evil.example;bad.example'
const hash = (...rows: string[]) => trainingHash(readManifest(writeManifest(folder, rows)), 'queries')

it('is of what a row says and what its file holds', () => {
  const digest = createHash('sha256').update(content).digest()
  const expected = createHash('sha256').update('a.log\nattack\nevil.example;bad.example\n').update(digest).digest('hex')
  expect(manifestHash(readManifest(writeManifest(folder, [A])))).toBe(expected)
  expect(hash(A)).toBe(expected)
})

it('does not see rows that train nothing of this kind, and sees all others', () => {
  const held = 'a.log,zeek,attack,iodine,lab,dev,two,other.example'
  expect(hash(A, held, 'b.csv,csv-names,mixed,,lab,train,three,')).toBe(hash(A))
  expect(hash(A, held.replace('dev', 'train'))).not.toBe(hash(A))
  expect(hash(A.replace('bad', 'good'))).not.toBe(hash(A))
  const before = hash(A)
  writeFileSync(join(folder, 'a.log'), content.subarray(1))
  expect(hash(A)).not.toBe(before)
})
