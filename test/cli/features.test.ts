import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Cli } from './run-cli.ts'

let cli: Cli
beforeAll(async () => (cli = await Cli.build()), 120_000)
afterAll(() => cli.remove())

const linesOf = (text: string) => text.split('\r\n').filter(Boolean)

describe('wakeful features', () => {
  it('writes a line for every row that a scan reads, and the same bytes to a file', () => {
    const stats = cli.at('stats.json')
    expect(cli.run(['scan', 'samples', '--stats', stats]).code).toBe(0)
    const { code, out, err } = cli.run(['features', 'samples'])
    expect([code, err]).toEqual([0, ''])
    expect(linesOf(out).length - 1).toBe(JSON.parse(readFileSync(stats, 'utf8')).rows)
    const file = cli.at('rows.csv')
    expect(cli.run(['features', 'samples', '-o', file])).toEqual({ code: 0, out: '', err: '' })
    expect(readFileSync(file, 'utf8')).toBe(out)
  }, 60_000)

  it('labels rows by the domains it is told', () => {
    const { out } = cli.run(['features', 'samples', '--label', 'willow.example;golf.test'])
    const labels = linesOf(out).map((line) => line.slice(line.lastIndexOf(',') + 1))
    expect(labels[0]).toBe('label')
    expect(labels.filter((label) => label === '1')).toHaveLength(206 + 253)
    expect(new Set(labels.slice(1))).toEqual(new Set(['0', '1']))
  })

  it('leaves no half file: not where nothing is read, not where it may not write', () => {
    const folder = cli.at('out')
    expect(cli.run(['features', 'README.md', '-o', cli.at('none.csv')]).code).toBe(65)
    expect(existsSync(cli.at('none.csv'))).toBe(false)
    const { code, err } = cli.run(['features', 'samples', '-o', `${folder}/rows.csv`])
    expect(code).toBe(74)
    expect(err).toContain('cannot be written')
    expect(readdirSync(cli.folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })
})

describe('wakeful inspect', () => {
  const table = () => {
    const path = cli.at('names.csv')
    const rows = Array.from({ length: 60 }, (_, i) =>
      i % 3 === 0 ? `x${i}abcdef0123.evil.example,1` : `www.d${i}.de,0`,
    )
    writeFileSync(path, ['domain,label', ...rows].join('\n'))
    return path
  }

  it('prints what a labelled table can teach', () => {
    const { code, out, err } = cli.run(['inspect', table(), '--profile', 'legacy'])
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^NAMES\nWARNING: /)
    expect(out).toMatch(/attack +20 +33\.3 %/)
    expect(out).toMatch(/lookup, 13 numbers and 2 texts +1\.0000/)
  })

  it('prints the same as JSON', () => {
    const [found] = JSON.parse(cli.run(['inspect', table(), '--format', 'json']).out)
    expect(found).toMatchObject({ kind: 'names', rows: 60, attackRows: 20, ceiling: { result: { accuracy: 1 } } })
  })

  it('reads what features wrote for the originals', () => {
    const legacy = cli.at('legacy.csv')
    const words = ['features', table(), '--profile', 'legacy', '--label', 'column', '-o', legacy]
    expect(cli.run(words).code).toBe(0)
    expect(cli.run(['inspect', legacy]).out).toMatch(/^THE ORIGINALS' FEATURES\n/)
  })

  it.each([
    [['samples/det.pcap.gz'], 65, 'has no labels: name a MANIFEST.csv'],
    [['gone.csv'], 65, 'gone.csv does not exist'],
    [[], 64, "missing required argument 'input'"],
  ])('%j is one sentence', (words, exit, sentence) => {
    const { code, out, err } = cli.run(['inspect', ...words])
    expect([code, out, err.trimEnd().split('\n').length]).toEqual([exit, '', 1])
    expect(err).toContain(sentence)
  })
})
