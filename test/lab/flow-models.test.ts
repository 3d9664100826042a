import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { oneLanguage } from '../../src/datasets/each-exchange.ts'
import { loadDataSets } from '../../src/datasets/load-data-sets.ts'
import { readManifest } from '../../src/datasets/manifest.ts'
import { loadDetectionModel } from '../../src/detect/load-detection-model.ts'
import { LETTERS } from '../../src/features/flow/exchange-letter.ts'
import { runHere } from '../cli/run-here.ts'

const folder = mkdtempSync(join(tmpdir(), 'wakeful-flow-models-'))
const parts = ['det', 'iodine', 'words', 'benign']
const manifests = parts.map((part) => join(folder, part, 'MANIFEST.csv'))

beforeAll(async () => {
  for (const part of parts) {
    const style = part === 'benign' ? [] : ['--style', part, '--benign', 'none', '--transfers', '4']
    const how = ['lab', 'generate', ...style, '--minutes', '10', '--seed', '5', '-o', join(folder, part)]
    expect(await runHere(how)).toMatchObject({ code: 0 })
  }
  return () => rmSync(folder, { recursive: true })
}, 120_000)

const load = async (kind: 'flows' | 'letters') => {
  const { language, thresholds } = loadDetectionModel()
  const options = { profile: 'query', kind, languages: oneLanguage(language), thresholds } as const
  return (
    await loadDataSets(
      manifests.flatMap((path) => readManifest(path)),
      options,
    )
  )[0]
}

describe('flows as rows', () => {
  it('are one a pair of ports and domain, with both classes, and nothing of where they were seen', async () => {
    const { matrix, y, texts, tool } = await load('flows')
    expect(new Set(y)).toEqual(new Set([0, 1]))
    expect(matrix.names.filter((name) => /addr|port|ipv|local/i.test(name))).toEqual([])
    expect([...texts[0].column.values]).toEqual(expect.arrayContaining(['Dd', 'D']))
    expect([...tool.values].filter(Boolean).sort()).toEqual(['DET', 'benign', 'iodine', 'words'])
  })

  it('are judged by three models, without each tool in turn, and the audits are asked', async () => {
    const html = join(folder, 'report.html')
    const words = ['evaluate', '--unit', 'flow', '--manifest', ...manifests, '--format', 'markdown', '--html', html]
    const { code, out } = await runHere(words)
    expect(code).toBe(0)
    for (const model of ['boosting', 'forest', 'logistic']) expect(out).toContain(`| ${model} | split by groups |`)
    expect(out).toMatch(/## Leave one tool out[^#]+\| words \|/)
    expect(out).toContain('## Permutation importance: forest')
    expect(out).toContain('Shuffled targets')
    expect(readFileSync(html, 'utf8')).toContain('<svg')
  }, 120_000)
})

describe('talks as letters', () => {
  it('are strings of the alphabet, four letters or more, missing behind their end', async () => {
    const { matrix, y } = await load('letters')
    expect(new Set(y)).toEqual(new Set([0, 1]))
    for (let row = 0; row < matrix.rows; row++) {
      const letters = [...matrix.values.subarray(row * matrix.columns, (row + 1) * matrix.columns)]
      const end = letters.findIndex((letter) => Number.isNaN(letter))
      const said = end < 0 ? letters : letters.slice(0, end)
      expect(said.length).toBeGreaterThanOrEqual(4)
      expect(said.every((letter) => Number.isInteger(letter) && letter >= 0 && letter < LETTERS)).toBe(true)
      expect(letters.slice(said.length).every(Number.isNaN)).toBe(true)
    }
  })

  it('are told apart by a Markov chain', async () => {
    const words = ['evaluate', '--unit', 'talk', '--manifest', ...manifests, '--format', 'ndjson']
    const { out } = await runHere(words)
    const models = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ section }) => section === 'models')
    expect(models[0].report.rocAuc).toBeGreaterThan(0.8)
  }, 60_000)
})
