import type { DataSet } from '../../../datasets/data-set.ts'
import type { FeatureMatrix } from '../../../models/matrix.ts'
import type { Scorer } from '../../../models/model.ts'
import { shuffled } from '../../../stats/shuffled.ts'
import { textCode } from '../../../stats/text-code.ts'
import type { Arm } from '../arm.ts'
import { MajorityArm, NoChangeArm } from '../arms/baseline-arms.ts'
import { FrozenArm } from '../arms/frozen-arm.ts'
import { OnColumns } from '../arms/on-columns.ts'
import { RefitArm } from '../arms/refit-arm.ts'
import { type Entry, PREQUENTIAL_DEFAULTS, Prequential } from '../prequential.ts'
import type { PrequentialResult } from '../result.ts'
import { fitOriginal } from './original-model.ts'
import { columnsOfWay, originalRows, type TextNumber } from './original-rows.ts'
import { type SaltScan, scanSalts } from './salt-scan.ts'
import { saltedCode } from './salted-code.ts'

/** The original's window, and the accuracy below which its dynamic model was fitted again. */
export const WINDOW_ROWS = 1000
export const ACCURACY_MIN = 0.65
/** A threshold that most windows fall below, so that the policy does something where nothing is wrong. */
export const EAGER_MIN = 0.8

export interface OriginalOptions {
  /** Rows that train the static model; the rest is the stream. */
  readonly trainRows: number
  readonly seed: number
  readonly salts: { readonly train: number; readonly test: number }
  readonly onProgress: (done: number, of: number, what: string) => void
}

/** A stream in one order, and what the arms made of it. */
export interface OriginalRun {
  readonly order: 'shuffled' | 'file' | 'file, trained on a sample'
  readonly result: PrequentialResult
}

export interface OriginalExperiment {
  readonly trainRows: number
  readonly seed: number
  readonly scan: SaltScan
  /** Salts met by the salted models of the shuffled run, which was trained under the scan's worst. */
  readonly testSalts: readonly number[]
  readonly runs: readonly OriginalRun[]
}

/** Names of the arms, as reports have them. */
export const staticName = (encoding: string) => `static, ${encoding}`
export const dynamicName = (encoding: string, accuracyMin = ACCURACY_MIN) => `dynamic below ${accuracyMin}, ${encoding}`
export const STABLE = 'stable encoding'
export const saltName = (salt: number) => `salt ${salt}`

/**
 * The experiment of the original system on its own stream: a static logistic regression against the same one fitted
 * again on each window it does badly on. Once as it should have been, with texts numbered the same everywhere; once with
 * the salted hash that it used; and in the order of the file, which is sorted by label.
 */
export function originalExperiment(set: DataSet, options: OriginalOptions): OriginalExperiment {
  const { trainRows, seed, salts, onProgress } = options
  const order = shuffled(set.matrix.rows, seed)
  const [train, stream] = [order.slice(0, trainRows), order.slice(trainRows)]
  const scan = scanSalts(set, { train, stream }, salts, seed, onProgress)
  const testSalts = scan.pairs.filter(({ trainSalt }) => trainSalt === 1).map(({ testSalt }) => testSalt)
  const salted = testSalts.map((salt) => [scan.worstTrainSalt, salt] as const)
  const fileOrder = Int32Array.from({ length: set.matrix.rows }, (_, row) => row)
  const sorted = (train: Int32Array, stream: Int32Array) => runOn(set, train, stream, [], seed)
  return {
    ...{ trainRows, seed, scan, testSalts },
    runs: [
      { order: 'shuffled', result: runOn(set, train, stream, salted, seed) },
      { order: 'file', result: sorted(fileOrder.slice(0, trainRows), fileOrder.slice(trainRows)) },
      { order: 'file, trained on a sample', result: sorted(train, stream.slice().sort()) },
    ],
  }
}

/** What the original's static model got on its stream. */
const THEIR_STATIC = 0.6602

/** The arms that are charted: all with stable texts, and of the salts met the one that comes nearest to the original. */
export function mainArms({ runs, scan }: OriginalExperiment): (name: string) => boolean {
  const own = scan.pairs.filter(({ trainSalt }) => trainSalt === scan.worstTrainSalt)
  const off = (accuracy: number) => Math.abs(accuracy - THEIR_STATIC)
  const [{ testSalt }] = own.toSorted((a, b) => off(a.accuracy) - off(b.accuracy))
  const salted = [staticName(saltName(testSalt)), dynamicName(saltName(testSalt))]
  const others = new Set(runs[0].result.arms.map(({ name }) => name).filter((name) => !name.includes('salt ')))
  return (name) => others.has(name) || salted.includes(name)
}

/** One way of numbering texts in training, and one in the stream. */
interface Encoding {
  readonly name: string
  readonly train: TextNumber
  readonly stream: TextNumber
  readonly thresholds: readonly number[]
}

function runOn(
  set: DataSet,
  train: Int32Array,
  stream: Int32Array,
  salted: readonly (readonly [train: number, test: number])[],
  seed: number,
): PrequentialResult {
  const encodings: readonly Encoding[] = [
    { name: STABLE, train: textCode, stream: textCode, thresholds: [ACCURACY_MIN, EAGER_MIN] },
    ...salted.map(([trainSalt, testSalt]) => ({
      name: saltName(testSalt),
      train: (text: string) => saltedCode(text, trainSalt),
      stream: (text: string) => saltedCode(text, testSalt),
      thresholds: [ACCURACY_MIN],
    })),
  ]
  const x = originalRows(
    set,
    stream,
    encodings.map((encoding) => encoding.stream),
  )
  const trainY = Float64Array.from(train, (row) => set.y[row])
  const entries: Entry[] = [
    { arm: new MajorityArm(), labels: 'at-once' },
    { arm: new NoChangeArm(), labels: 'at-once' },
  ]
  for (const [way, { name, train: number, thresholds }] of encodings.entries()) {
    const rows = originalRows(set, train, [number])
    const model = fitOriginal(rows, trainY, seed)
    const columns = columnsOfWay(x, encodings.length, way, set.texts.length)
    const arms: Arm[] = [
      new FrozenArm(staticName(name), model, 0),
      ...thresholds.map((accuracyMin) => dynamicArm(dynamicName(name, accuracyMin), model, accuracyMin, seed)),
    ]
    entries.push(...arms.map((arm): Entry => ({ arm: new OnColumns(arm, columns), labels: 'at-once' })))
  }
  return judge(
    x,
    Float64Array.from(stream, (row) => set.y[row]),
    entries,
    seed,
  )
}

function dynamicArm(name: string, model: Scorer, accuracyMin: number, seed: number): RefitArm {
  return new RefitArm(name, model.featureNames, model, {
    ...{ windowRows: WINDOW_ROWS, accuracyMin },
    fit: (matrix, y) => fitOriginal(matrix, y, seed),
  })
}

/** Rows without a time that means anything: a second each. */
function judge(x: FeatureMatrix, y: Float64Array, entries: readonly Entry[], seed: number): PrequentialResult {
  const run = new Prequential(x.columns, entries, { ...PREQUENTIAL_DEFAULTS, windowRows: WINDOW_ROWS, seed })
  const rows = x.rows
  const timeMs = Float64Array.from({ length: rows }, (_, i) => i * 1000)
  run.take({ rows, x: x.values, timeMs, groups: new Array<string>(rows).fill(''), y })
  return run.finish()
}
