import { join } from 'node:path'
import { expect, it } from 'vitest'
import { hexNames, temporaryFolder, writeLog } from '../datasets/manifest.testing.ts'
import { untrainedModel } from '../datasets/untrained-model.ts'
import { DEFAULT_THRESHOLDS } from '../training/lines.ts'
import { measureRow } from './measure-row.ts'

const model = untrainedModel(DEFAULT_THRESHOLDS)

async function count(names: readonly string[]) {
  const folder = temporaryFolder()
  const asked = names.map((name, i) => ({ second: 1000 + i, client: '10.0.0.5', name }))
  writeLog(folder, 'x.log', asked)
  const row = { file: 'x.log', path: join(folder, 'x.log'), format: 'zeek', label: 'benign', family: 'f' } as const
  const measured = await measureRow({ ...row, network: 'n', split: 'dev', group: 'g', domains: [] }, model)
  return measured.domains.map(({ domain, queries, octets, passed }) => ({ domain, queries, octets, passed }))
}

it('counts every query, and the octets of a prefix once, whatever its case', async () => {
  expect(await count(['abc.de.One.example', 'ABC.de.one.example', 'one.example', 'f.two.example'])).toEqual([
    { domain: 'one.example', queries: 3, octets: 6, passed: [undefined, undefined, undefined] },
    { domain: 'two.example', queries: 1, octets: 1, passed: [undefined, undefined, undefined] },
  ])
})

it('passes a line with the first octet past it, and remembers when', async () => {
  const names = hexNames(5, 64, 'evil.example', '10.0.0.5').map(({ name }) => name.replace(/^(.{32})/, '$1.'))
  // 65 octets a prefix, its dot included: 260 at the fourth name is past 256.
  const [{ passed, queries }] = await count(['evil.example', ...names.slice(0, 4), names[3]])
  expect(queries).toBe(6)
  expect(passed).toEqual([{ queries: 5, octets: 260 }, undefined, undefined])
  const [exact] = await count(
    ['a'.repeat(63), 'b'.repeat(63), 'c'.repeat(63), 'd'.repeat(63), 'efgh'].map((name) => `${name}.evil.example`),
  )
  expect(exact).toMatchObject({ octets: 256, passed: [undefined, undefined, undefined] })
})

it('leaves out what its users would: reverse and single names', async () => {
  expect(await count(['5.2.0.192.in-addr.arpa', 'printer', 'www.one.example'])).toMatchObject([
    { domain: 'one.example' },
  ])
})
