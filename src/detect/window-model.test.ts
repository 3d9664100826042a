import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Row } from '../batch/rows.testing.ts'
import { windowRow } from '../features/window/index.ts'
import { WindowTally } from '../features/window/window-tally.ts'
import { createRandom } from '../stats/random.ts'
import { canonicalRows } from './detect.testing.ts'
import { shippedModelFolder } from './load-detection-model.ts'
import { WindowBook } from './window-book.ts'
import { loadWindowModel, readWindow, WINDOW_FILES } from './window-model.ts'

const folder = mkdtempSync(join(tmpdir(), 'wakeful-window-'))
afterAll(() => rmSync(folder, { recursive: true }))

const model = loadWindowModel()!

/** The window of a domain asked for these prefixes, one a second, each of them new, behind `.evil.example`. */
function windowOf(prefixes: readonly string[]): WindowTally {
  const rows = canonicalRows(
    prefixes.map(
      (prefix, i): Row => ({
        qname: `${prefix}.evil.example`,
        time: 1.7e12 + 1000 * i,
        qtype: 'TXT',
        textOctets: 40,
        answer: i,
      }),
    ),
  )
  const tally = new WindowTally()
  const book = new WindowBook()
  prefixes.forEach((prefix, row) => {
    book.book(tally, rows, row, prefix.length + 1, true)
  })
  return tally
}

function random(length: number, seed: number): string {
  const next = createRandom(seed)
  return Array.from({ length }, () => 'abcdefghijklmnopqrstuvwxyz234567'[Math.floor(32 * next())]).join('')
}

describe('the window model', () => {
  it('ships, and tells names that carry from names of hosts', () => {
    const window = windowOf(Array.from({ length: 60 }, (_, i) => `${random(60, i)}.${random(i, i + 100)}x`))
    const carrying = readWindow(model, window)
    const hosts = readWindow(model, windowOf(['www', 'mail', 'api', 'cdn']))
    expect(carrying.evidence).toBeGreaterThan(hosts.evidence + 3)
    expect(carrying.oddness).toBe(model.forest.scoreOne(windowRow(window)))
  })

  it('says why, the weightiest first, in terms of its own columns', () => {
    const { terms } = readWindow(model, windowOf(Array.from({ length: 40 }, (_, i) => random(40, i))))
    expect(terms).toHaveLength(5)
    const weights = terms.map(({ contribution }) => Math.abs(contribution))
    expect(weights).toEqual([...weights].sort((a, b) => b - a))
    expect(terms.every(({ feature }) => model.trees.featureNames.includes(feature))).toBe(true)
  })

  it('is absent where a folder of an earlier version has none', () => {
    expect(loadWindowModel(folder)).toBeUndefined()
  })

  it('is refused where a file holds something else', () => {
    for (const name of Object.values(WINDOW_FILES)) copyFileSync(join(shippedModelFolder(), name), join(folder, name))
    expect(loadWindowModel(folder)).toBeDefined()
    copyFileSync(join(folder, WINDOW_FILES.forest), join(folder, WINDOW_FILES.trees))
    expect(() => loadWindowModel(folder)).toThrow(/isolation-forest model where a gradient-boosting model is needed/)
    writeFileSync(join(folder, WINDOW_FILES.trees), 'no model')
    expect(() => loadWindowModel(folder)).toThrow('The file is not a wakeful model file.')
  })
})
