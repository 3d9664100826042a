import { describe, expect, it } from 'vitest'
import type { Arm, LateLabel } from './arm.ts'
import type { LabelChoice } from './label-choice.ts'
import {
  type Entry,
  PREQUENTIAL_DEFAULTS,
  Prequential,
  type PrequentialOptions,
  runPrequential,
} from './prequential.ts'
import type { StreamBlock } from './stream.ts'

const MINUTE_MS = 60_000

/** A stream of one feature, the row's own number, one row a minute; every third is an attack. */
function block(rows: number, from = 0): StreamBlock {
  const numbers = Array.from({ length: rows }, (_, i) => from + i)
  return {
    rows,
    x: Float64Array.from(numbers),
    timeMs: numbers.map((i) => i * MINUTE_MS),
    groups: numbers.map((i) => `g${i % 7}.example`),
    y: numbers.map(truth),
  }
}

const truth = (index: number): 0 | 1 => (index % 3 === 0 ? 1 : 0)

/** Writes down all that it is asked and told; a label in the order it comes. */
class Diary implements Arm {
  readonly name = 'diary'
  readonly line = 0.5
  readonly lines: string[] = []
  readonly labels: LateLabel[] = []
  readonly features: number[] = []

  score({ index, x, at }: { index: number; x: Float64Array; at: number }): number {
    this.lines.push(`score ${index}`)
    return x[at] % 3 === 0 ? 0.7 : 0.2
  }

  learn(label: LateLabel, x: Float64Array, at: number): void {
    this.lines.push(`label ${label.index}`)
    this.labels.push(label)
    this.features.push(x[at])
  }
}

function run(entries: readonly Entry[], rows: number, options: Partial<PrequentialOptions> = {}) {
  const prequential = new Prequential(1, entries, { ...PREQUENTIAL_DEFAULTS, ...options })
  // Blocks of two sizes: their borders must not matter.
  const cut = Math.floor(rows / 3)
  prequential.take(block(cut))
  prequential.take(block(rows - cut, cut))
  return prequential.finish()
}

const everyRow: LabelChoice = { weightOf: () => 1 }

describe('test then train', () => {
  it('lets a label reach its arm only when it is due, after the row was scored', () => {
    const diary = new Diary()
    run([{ arm: diary, labels: everyRow }], 40, { labelDelayMs: 10 * MINUTE_MS, labelBudget: 1 })
    expect(diary.labels).toHaveLength(30)
    for (const { index, timeMs, arrivesMs, y, score, line } of diary.labels) {
      expect(arrivesMs - timeMs).toBe(10 * MINUTE_MS)
      // Due at the time of row index + 10, so before that row and after the one before it.
      const heard = diary.lines.indexOf(`label ${index}`)
      expect(diary.lines.slice(0, heard)).toContain(`score ${index + 9}`)
      expect(diary.lines.slice(heard)).toContain(`score ${index + 10}`)
      expect([y, score, line]).toEqual([truth(index), y === 1 ? 0.7 : 0.2, 0.5])
    }
    expect(diary.features).toEqual(diary.labels.map(({ index }) => index))
  })

  it('has scored a row with every arm before any label of it, also where labels come at once', () => {
    const heard: string[] = []
    const arm = (name: string): Arm => ({
      name,
      line: 0,
      score: ({ index }) => heard.push(`${name} scores ${index}`),
      learn: ({ index }) => heard.push(`${name} hears ${index}`),
    })
    run(
      [
        { arm: arm('a'), labels: 'at-once' },
        { arm: arm('b'), labels: 'at-once' },
      ],
      2,
    )
    expect(heard).toEqual([
      'a scores 0',
      'b scores 0',
      'a hears 0',
      'b hears 0',
      'a scores 1',
      'b scores 1',
      'a hears 1',
      'b hears 1',
    ])
  })

  it.each([0, 0.003, 0.01, 0.03, 0.3, 1])('keeps to a label budget of %d, whoever chooses', (labelBudget) => {
    for (const labels of [undefined, everyRow]) {
      const diary = new Diary()
      const { arms } = run([labels ? { arm: diary, labels } : { arm: diary }], 3000, { labelBudget, labelDelayMs: 0 })
      expect(arms[0].asked).toBeLessThanOrEqual(Math.ceil(3000 * labelBudget))
      expect(arms[0].asked).toBeGreaterThanOrEqual(Math.floor(3000 * labelBudget) - 1)
      diary.labels.forEach(({ index }, i) => {
        expect(i + 1).toBeLessThanOrEqual(Math.ceil(labelBudget * (index + 1)))
      })
    }
  })

  it('asks by chance about every row alike, and says how many each stands for', () => {
    const asked = new Uint32Array(10)
    for (let seed = 0; seed < 400; seed++) {
      const diary = new Diary()
      run([{ arm: diary }], 10, { labelBudget: 0.2, labelDelayMs: 0, seed })
      for (const { index, weight } of diary.labels) {
        asked[index]++
        expect(weight).toBe(5)
      }
    }
    // 80 of 400 expected, deviation 8; the last row's label has nobody left to reach.
    for (const count of asked.subarray(0, 9)) expect(Math.abs(count - 80)).toBeLessThan(32)
  })

  it('never lets time fall, so that a row without one has that of the row before', () => {
    const times: number[] = []
    const arm: Arm = { name: 'clock', line: 0, score: ({ timeMs }) => times.push(timeMs) }
    const prequential = new Prequential(1, [{ arm }], PREQUENTIAL_DEFAULTS)
    prequential.take({ ...block(5), timeMs: [Number.NaN, 70, 50, Number.NaN, 90] })
    expect(times).toEqual([0, 70, 70, 70, 90])
  })

  it('says what it is told to say, where somebody is asked', () => {
    const diary = new Diary()
    run([{ arm: diary, labels: everyRow }], 30, {
      labelBudget: 1,
      labelDelayMs: 0,
      answer: (_, y) => (y === 1 ? 0 : 1),
    })
    expect(diary.labels.every(({ index, y }) => y === 1 - truth(index))).toBe(true)
  })

  it('gives no labels to who does not learn, and refuses a score that is no number', () => {
    const deaf: Arm = { name: 'deaf', line: 0.5, score: () => 0 }
    expect(run([{ arm: deaf, labels: everyRow }], 30).arms[0]).toMatchObject({ regime: 'none', asked: 0, labels: 0 })
    expect(() => run([{ arm: { ...deaf, score: () => Number.NaN } }], 3)).toThrow('deaf gives row 0 a score')
  })

  it('refuses options that mean nothing', () => {
    for (const wrong of [{ windowRows: 0 }, { labelDelayMs: -1 }, { labelBudget: 1.1 }, { fading: 0 }, { limit: 1 }]) {
      expect(() => run([], 1, wrong), JSON.stringify(wrong)).toThrow(RangeError)
    }
  })

  it('shows every verdict to who counts in another way', () => {
    const seen: unknown[] = []
    run([{ arm: new Diary() }, { arm: new Diary() }], 3, {
      onVerdict: ({ entry, row, y, score, flagged }) => seen.push([entry, row.index, row.group, y, score, flagged]),
    })
    expect(seen).toEqual([
      [0, 0, 'g0.example', 1, 0.7, true],
      [1, 0, 'g0.example', 1, 0.7, true],
      [0, 1, 'g1.example', 0, 0.2, false],
      [1, 1, 'g1.example', 0, 0.2, false],
      [0, 2, 'g2.example', 0, 0.2, false],
      [1, 2, 'g2.example', 0, 0.2, false],
    ])
  })

  it('reads a stream to its end', async () => {
    const stream = { name: 'two blocks', featureNames: ['number'], blocks: () => [block(10), block(5, 10)] }
    const { rows, positives, windows } = await runPrequential(stream, [], { ...PREQUENTIAL_DEFAULTS, windowRows: 4 })
    expect([rows, positives, windows.map((window) => window.rows)]).toEqual([15, 5, [4, 4, 4, 3]])
  })
})

describe('figures', () => {
  it('are those of windows, of all so far, and of a fading past, worked by hand', () => {
    // Flags rows 0 and 1 of every four. Truth: 1 0 0 1 | 0 0 1 0.
    const arm: Arm = { name: 'half', line: 1, score: ({ index }) => (index % 4 < 2 ? 1 : 0) }
    const { windows, arms } = run([{ arm }], 8, { windowRows: 4, fading: 0.5 })
    const [first, second] = windows.map((window) => window.arms[0])
    expect(first.window).toMatchObject({
      ...{ truePositives: 1, falsePositives: 1, falseNegatives: 1, trueNegatives: 1 },
      // By chance 0.5; of 0 (before the stream) 1 0 0 1 one row is like the one before.
      ...{ balancedAccuracy: 0.5, accuracy: 0.5, f1: 0.5, kappa: 0, noChangeAccuracy: 0.25 },
    })
    expect(first.window.kappaTemporal).toBeCloseTo(1 / 3, 12)
    expect(second.window).toMatchObject({
      ...{ truePositives: 0, falsePositives: 2, falseNegatives: 1, trueNegatives: 1 },
      ...{ recall: 0, balancedAccuracy: 1 / 6, noChangeAccuracy: 0.25 },
    })
    expect(second.cumulative).toMatchObject({
      truePositives: 1,
      falsePositives: 3,
      falseNegatives: 2,
      trueNegatives: 2,
    })
    // A row that is n rows old counts 2^-n: hit, false alarm, right, miss | false alarm, false alarm, miss, right.
    expect(second.fading).toMatchObject({
      truePositives: 1 / 128,
      falsePositives: 1 / 64 + 1 / 8 + 1 / 4,
      trueNegatives: 1 / 32 + 1,
      falseNegatives: 1 / 16 + 1 / 2,
    })
    expect(arms[0].figures).toEqual(second.cumulative)
    expect(arms[0].meanWindowBalancedAccuracy).toBeCloseTo((0.5 + 1 / 6) / 2, 12)
  })

  it('tell recall at a limit only where a window has benign rows enough for it', () => {
    const arm: Arm = { name: 'ranks', line: 1, score: ({ index }) => -index }
    const alone = run([{ arm }], 12, { windowRows: 6, limit: 0.25 })
    // Falling scores of truth 1 0 0 1 0 0: one false alarm of four is allowed, and buys nothing past the first row.
    expect(alone.windows.map(({ arms }) => arms[0].recallAtLimit)).toEqual([0.5, 0.5])
    expect(alone.arms[0].recallAtLimit).toBe(0.5)
    const blind = run([{ arm }], 12, { windowRows: 6, limit: 0.2 })
    expect(blind.windows[1].arms[0].recallAtLimit).toBeNaN()
    expect(blind.arms[0].recallAtLimit).toBeNaN()
  })

  it('mark drifts at the row after which they were found, and count labels where they came in', () => {
    const diary = new Diary()
    const arm = Object.assign(diary, {
      takeDrift: () => diary.labels.at(-1)?.index === 5 && diary.labels.pop() !== undefined,
    })
    const { windows, arms } = run([{ arm, labels: everyRow }], 12, {
      ...{ windowRows: 4, labelBudget: 1, labelDelayMs: 2 * MINUTE_MS },
    })
    expect(windows.map((window) => window.arms[0].drifts)).toEqual([[], [7], []])
    expect(windows.map((window) => window.arms[0].labels)).toEqual([2, 4, 4])
    expect(arms[0]).toMatchObject({ regime: 'late', asked: 12, labels: 10, drifts: 1 })
  })
})
