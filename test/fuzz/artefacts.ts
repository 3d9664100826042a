import { createHash } from 'node:crypto'
import { rowsToBatch } from '../../src/batch/rows.testing.ts'
import { plainModel } from '../../src/detect/detect.testing.ts'
import { Detector } from '../../src/detect/detector.ts'
import { encodeSnapshot } from '../../src/detect/snapshot.ts'
import { loadPublicSuffixes } from '../../src/dns/public-suffix.ts'
import { fitIsotonic, fitPlatt } from '../../src/models/calibrators.ts'
import { encodeModel, type ModelFacts } from '../../src/models/model-file.ts'
import { toyProblem } from '../../src/models/toy.testing.ts'
import { ByteLanguageModelTrainer } from '../../src/models/train-byte-language-model.ts'
import { trainGradientBoosting } from '../../src/models/train-gradient-boosting.ts'
import { trainLogisticRegression } from '../../src/models/train-logistic-regression.ts'

const facts: ModelFacts = {
  features: [],
  thresholds: [{ name: 'alert', value: 0.3, falseAlarmRate: 1e-4, basis: 'benign domains' }],
  manifestHash: 'ab12',
  seed: 7,
  metrics: { rocAuc: 0.93 },
}

/** Model files: trees and a line over the toy problem with either calibration, and a language of few words. */
export function modelFiles(): { small: Uint8Array[]; language: Uint8Array[] } {
  const { matrix, y } = toyProblem(200, 1)
  const features = matrix.names.map((name) => ({ name, unit: 'ratio' }))
  const trees = trainGradientBoosting(matrix, y, { rounds: 2 })
  const margins = Array.from({ length: matrix.rows }, (_, i) => trees.scoreOne(matrix.values, i * 6))
  const line = trainLogisticRegression(matrix, y)
  const language = new ByteLanguageModelTrainer()
  for (const word of ['www', 'mail', 'api-1']) language.add(Buffer.from(word))
  return {
    small: [
      encodeModel({ ...facts, features, model: trees, calibrator: fitIsotonic(margins, y) }),
      encodeModel({ ...facts, features, model: line, calibrator: fitPlatt(margins, y) }),
      encodeModel({ ...facts, features, model: trees }),
    ],
    language: [encodeModel({ ...facts, model: language.build() })],
  }
}

/** The model file with the hash its content has: what is changed on purpose has it, what is damaged does not. */
export function sealModel(bytes: Uint8Array): Uint8Array {
  const file = Buffer.from(bytes)
  const at = file.indexOf('"sha256":"')
  if (at < 0 || at + 75 > file.length) return file
  file.write(
    createHash('sha256')
      .update(file.subarray(at + 75))
      .digest('hex'),
    at + 10,
    'latin1',
  )
  return file
}

/** States: of a detector with some memory in a small table, and values of each kind by themselves. */
export function snapshots(): Uint8Array[] {
  const options = { timed: true, rowsMax: 256, richMax: 64, richOctetsMax: 1 << 16 }
  const detector = new Detector(plainModel(), loadPublicSuffixes(), options)
  detector.process(rowsToBatch([{ qname: 'aaaa.evil.example', qtype: 'TXT' }, { qname: '1.2.3.4.in-addr.arpa' }]))
  detector.finish()
  const memory = detector.memory()
  const { table, rich } = (memory.partitions as { table: object; rich: object }[])[0]
  return [
    encodeSnapshot({ modelVersion: 'x', detector: { clients: memory.clients, partitions: [{ table, rich }] } }),
    encodeSnapshot({ modelVersion: 'x', detector: { canonical: memory.canonical, rich } }),
    encodeSnapshot({ modelVersion: 'x', list: [1, 'a', null], map: new Map([[1, new Set([2])]]), big: 2n ** 60n }),
  ]
}

/** A public suffix file of few rules, one of each kind: `com`, `*.ck`, `!www.ck`, `co.uk`, `uk`. */
export function suffixFile(): Uint8Array {
  const labels = ['ck', 'co', 'com', 'uk', 'www']
  // Breadth first: the root; ck, com, uk; www below ck; co below uk.
  const nodes = [
    [0, 1, 0],
    [0, 4, 2],
    [2, 5, 1],
    [3, 5, 1],
    [4, 6, 4],
    [1, 6, 1],
  ]
  const u16 = (value: number) => [value >> 8, value & 0xff]
  return Uint8Array.from([
    ...Buffer.from('WPSL'),
    ...[1, 8, ...Buffer.from('20260101')],
    ...[...u16(5), ...u16(nodes.length), ...u16(labels.length)],
    ...labels.flatMap((label) => [label.length, ...Buffer.from(label)]),
    ...nodes.flatMap(([label, child, flags]) => [...u16(label), ...u16(child), flags]),
  ])
}
