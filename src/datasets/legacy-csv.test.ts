import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openInput } from '../sources/inputs/open-input.ts'
import { readLegacyCsv, readLegacyTexts } from './legacy-csv.ts'
import { temporaryFolder } from './manifest.testing.ts'

const HEADER =
  'timestamp,FQDN_count,subdomain_length,upper,lower,numeric,entropy,special,labels,labels_max,labels_average,longest_word,sld,len,subdomain'
const ATTACK = '58:50.7,24,7,0,10,8,2.054028744,6,6,7,3.166666667,4,224,11,1,1'
const BENIGN = '45:38.3,14,0,0,13,0,2.781301471,1,2,10,6.5,press,clickpress,11,0,0'
const NO_WORD = '09:36.7,11,0,0,10,0,2.125,1,2,7,5,,nullphp,8,0,0'

const folder = temporaryFolder()
async function read(content: string | Uint8Array) {
  const path = join(folder, 'table.csv')
  writeFileSync(path, content)
  return await readLegacyCsv(openInput({ index: 0, label: 'table.csv', path, once: false }))
}

describe('readLegacyCsv', () => {
  it.each(['Target Attack', 'Target_Attack'])(
    'reads rows labelled by %s, whatever stands around them',
    async (label) => {
      const lines = [`${HEADER},${label}`, ATTACK, BENIGN, NO_WORD]
      for (const content of [
        `${lines.join('\n')}\n`,
        lines.join('\r\n'),
        `\ufeff${lines.join('\r\n')}\r\n\r\n`,
        gzipSync(lines.join('\n')),
      ]) {
        const table = await read(content)
        expect([...table.y]).toEqual([1, 0, 0])
        expect([...table.matrix.values.subarray(0, 12)]).toEqual([
          ...[24, 7, 0, 10, 8, 2.054028744, 6, 6, 7, 3.166666667, 11, 1],
        ])
        const texts = ({ codes, values }: { codes: Uint32Array; values: readonly string[] }) =>
          [...codes].map((code) => values[code])
        expect(texts(table.longestWord)).toEqual(['4', 'press', ''])
        expect(texts(table.registeredLabel)).toEqual(['224', 'clickpress', 'nullphp'])
        expect(texts(table.timestamp)).toEqual(['58:50.7', '45:38.3', '09:36.7'])
        expect(table.malformed).toEqual({})
      }
    },
  )

  it('takes columns by name, in any order', async () => {
    const table = await read(`Target_Attack,${HEADER}\n1,${ATTACK.slice(0, -2)}\n`)
    expect([table.y[0], table.matrix.values[0]]).toEqual([1, 24])
  })

  it('counts broken lines, skips them, and skips a header that comes again', async () => {
    const header = `${HEADER},Target_Attack`
    const broken = [ATTACK.slice(0, -2), `${ATTACK},1`, ATTACK.replace('24', 'x'), ATTACK.replace(/1$/, '2'), header]
    const table = await read([header, BENIGN, ...broken, ATTACK.replace('24', ''), ATTACK].join('\n'))
    expect([...table.y]).toEqual([0, 1])
    expect(table.malformed).toEqual({ 'columns-missing': 2, 'number-invalid': 2, 'label-invalid': 1 })
  })

  it('says in one sentence what a table lacks', async () => {
    await expect(read('domain,label\nx.de,0\n')).rejects.toThrow('holds no table of legacy features.')
    await expect(read(`${HEADER}\n`)).rejects.toThrow('has no column "Target Attack" or "Target_Attack"')
    const short = `${HEADER},Target_Attack`.replace('entropy,', '')
    await expect(read(`${short}\n`)).rejects.toThrow('has no column "entropy"')
    await expect(read(gzipSync(`${HEADER},Target_Attack\n${ATTACK}\n`.repeat(900)).subarray(0, -30))).rejects.toThrow(
      'table.csv',
    )
  })
})

describe('readLegacyTexts', () => {
  it('reads rows as a topic holds them, and gives what the file of them gives', async () => {
    const table = readLegacyTexts([ATTACK, BENIGN, NO_WORD])
    expect(table).toEqual(await read([`${HEADER},Target Attack`, ATTACK, BENIGN, NO_WORD].join('\n')))
  })

  it('counts what is no labelled row, and reads on', () => {
    const table = readLegacyTexts([ATTACK.slice(0, -2), `${HEADER},Target Attack`, BENIGN.replace(/0$/, '2'), BENIGN])
    expect([...table.y]).toEqual([0])
    expect(table.malformed).toEqual({ 'columns-missing': 1, 'label-invalid': 1 })
    expect(readLegacyTexts([]).matrix.rows).toBe(0)
  })
})
