import { beforeAll, describe, expect, it } from 'vitest'
import type { DataSet } from '../../../datasets/data-set.ts'
import { legacyBuilder } from '../../../datasets/load-legacy.ts'
import { createRandom, randomInteger } from '../../../stats/random.ts'
import { renderReport } from '../../render.ts'
import { dynamicName, type OriginalExperiment, originalExperiment, STABLE, staticName } from './original-experiment.ts'
import { columnsOfWay, originalRows } from './original-rows.ts'
import { originalReport } from './original-sections.ts'
import { saltedCode } from './salted-code.ts'

const ROWS = 9000

/** A table like the originals': sorted by label, attack first, a third of it noise; nothing but the texts tells the rest. */
function someTable(): DataSet {
  const builder = legacyBuilder()
  const random = createRandom(3)
  for (let i = 0; i < ROWS; i++) {
    const attack = i < ROWS / 2
    const reverse = random() < 0.85 ? attack : !attack
    for (let column = 0; column < builder.row.length; column++) builder.row[column] = randomInteger(random, 5)
    builder.texts[0] = reverse ? '4' : 'word'
    builder.texts[1] = reverse ? '224' : 'press'
    Object.assign(builder.facts, { attack, group: builder.texts[1] })
    builder.add()
  }
  return builder.build()
}

describe('texts as salted numbers', () => {
  it('are the same under a salt, others under another, on both sides of zero', () => {
    expect(saltedCode('224', 5)).toBe(saltedCode('224', 5))
    expect(saltedCode('224', 5)).not.toBe(saltedCode('224', 6))
    const codes = Array.from({ length: 200 }, (_, salt) => saltedCode('192', salt))
    expect(codes.filter((code) => code < 0).length).toBeGreaterThan(70)
    expect(codes.filter((code) => code > 0).length).toBeGreaterThan(70)
    for (const code of codes) expect(Math.abs(code)).toBeLessThanOrEqual(2 ** 63)
  })

  it('stand behind the numbers, once a way, and each model finds its own', () => {
    const x = originalRows(someTable(), Int32Array.of(5, 8995), [() => -1, (text) => text.length])
    // Ten of twelve numbers, and two texts each way.
    expect([x.rows, x.columns]).toEqual([2, 14])
    expect([...columnsOfWay(x, 2, 1, 2)].slice(-2)).toEqual([12, 13])
    expect([...x.values.subarray(10, 12)]).toEqual([-1, -1])
    expect(['1,3', '4,5']).toContain(x.values.subarray(12, 14).join())
    expect(x.names).not.toContain('upperCount')
  })
})

describe('the experiment, on a small table of the same make', () => {
  let experiment: OriginalExperiment
  beforeAll(() => {
    const salts = { train: 6, test: 4 }
    experiment = originalExperiment(someTable(), { trainRows: 3000, seed: 1, salts, onProgress: () => {} })
  })

  const armOf = (run: number, name: string) => experiment.runs[run].result.arms.find((arm) => arm.name === name)!

  it('has nothing to adapt to with stable texts', () => {
    expect(armOf(0, staticName(STABLE)).figures.accuracy).toBeGreaterThan(0.8)
    expect(armOf(0, dynamicName(STABLE))).toMatchObject({ drifts: 0, figures: armOf(0, staticName(STABLE)).figures })
  })

  it('brings a static model down by another salt, and a refitted one back', () => {
    const { pairs, worstTrainSalt } = experiment.scan
    expect(pairs).toHaveLength(24)
    const worst = pairs
      .filter(({ trainSalt }) => trainSalt === worstTrainSalt)
      .sort((a, b) => a.accuracy - b.accuracy)[0]
    expect(worst.accuracy).toBeLessThan(0.5)
    const dynamic = armOf(0, dynamicName(`salt ${worst.testSalt}`))
    expect(dynamic.drifts).toBe(1)
    // The first of six windows was lost before the refit.
    expect(dynamic.figures.accuracy).toBeGreaterThan(0.7)
    expect(armOf(0, staticName(`salt ${worst.testSalt}`)).figures.accuracy).toBeCloseTo(worst.accuracy, 12)
  })

  it('cannot learn from the first rows of a sorted file', () => {
    expect(armOf(1, staticName(STABLE)).figures).toMatchObject({ recall: 1, falsePositiveRate: 1 })
    expect(armOf(1, 'no change').figures.accuracy).toBeGreaterThan(0.999)
  })

  it('is told beside the figures of the original, all of its arms kept, one salt of them charted', () => {
    const { sections, whole, charted } = originalReport(experiment)
    const text = renderReport(sections, 'markdown')
    expect(text).toMatch(/theirs: deepankkartikey \(the original\) .* 0\.6602 \| 0\.8031 \| \+14\.3 \| 1 \|/)
    expect(text).toMatch(/\| here \| stable encoding \| accuracy \| 6 \| (0\.8\d+) \| \1 \| \+0\.0 \| 0 \|/)
    expect(whole.result.arms).toHaveLength(2 + 3 + 4 * 2)
    expect(charted.result.arms).toHaveLength(2 + 3 + 2)
    expect(charted.result.windows[0].arms).toHaveLength(7)
  })
})
