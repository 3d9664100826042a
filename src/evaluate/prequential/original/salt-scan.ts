import type { DataSet } from '../../../datasets/data-set.ts'
import type { FeatureMatrix } from '../../../models/matrix.ts'
import type { Scorer } from '../../../models/model.ts'
import { fitOriginal } from './original-model.ts'
import { originalRows } from './original-rows.ts'
import { saltedCode } from './salted-code.ts'

/** A model trained under one salt and scored under another. */
export interface SaltPair {
  readonly trainSalt: number
  readonly testSalt: number
  /** Share of the stream that the static model got right. */
  readonly accuracy: number
}

/** What other salts do to the static model: every training salt with every salt at test time. */
export interface SaltScan {
  readonly pairs: readonly SaltPair[]
  /** Of the training salts the one whose model loses most, on the mean of all test salts. */
  readonly worstTrainSalt: number
}

/** Salts 1 to `trainSalts` train; as many more as there are `testSalts`, from 1001 on, are met afterwards. */
export function scanSalts(
  set: DataSet,
  rows: { readonly train: Int32Array; readonly stream: Int32Array },
  salts: { readonly train: number; readonly test: number },
  seed: number,
  onProgress: (done: number, of: number, what: string) => void,
): SaltScan {
  const targets = (of: Int32Array) => Float64Array.from(of, (row) => set.y[row])
  const [trainY, streamY] = [targets(rows.train), targets(rows.stream)]
  const underSalt = (of: Int32Array, salt: number) => originalRows(set, of, [(text) => saltedCode(text, salt)])
  const tests = Array.from({ length: salts.test }, (_, i) => ({
    salt: 1001 + i,
    matrix: underSalt(rows.stream, 1001 + i),
  }))
  const pairs: SaltPair[] = []
  let [worstTrainSalt, lowest] = [1, Infinity]
  for (let trainSalt = 1; trainSalt <= salts.train; trainSalt++) {
    onProgress(trainSalt - 1, salts.train, 'salts')
    const model = fitOriginal(underSalt(rows.train, trainSalt), trainY, seed)
    const own = tests.map(({ salt, matrix }) => ({
      ...{ trainSalt, testSalt: salt },
      accuracy: accuracyOf(model, matrix, streamY),
    }))
    pairs.push(...own)
    const mean = own.reduce((sum, { accuracy }) => sum + accuracy, 0) / own.length
    if (mean < lowest) [worstTrainSalt, lowest] = [trainSalt, mean]
  }
  return { pairs, worstTrainSalt }
}

function accuracyOf(model: Scorer, { rows, columns, values }: FeatureMatrix, y: Float64Array): number {
  let right = 0
  for (let row = 0; row < rows; row++) if (model.scoreOne(values, row * columns) >= 0 === (y[row] === 1)) right++
  return right / rows
}
