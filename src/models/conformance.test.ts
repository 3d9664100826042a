import { describe, expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { ByteLanguageModel } from './byte-language-model.ts'
import { HashedNgram } from './hashed-ngram.ts'
import { byteStringsOf, modelKinds, trainHashedNgram } from './index.ts'
import { createMatrix } from './matrix.ts'
import { type ExplainingScorer, isScorer, type Model } from './model.ts'
import { decodeModel, encodeModel } from './model-file.ts'
import { trainDenseNet } from './nets/train-dense-net.ts'
import { trainLstm } from './nets/train-lstm.ts'
import { createLearner, LEARNER_NAMES, type LearnerName } from './online/index.ts'
import { PreparedModel } from './prepared-model.ts'
import { Clamping } from './steps/clamping.ts'
import { Scaling } from './steps/scaling.ts'
import { areaUnderRoc, outlierProblem, sequenceProblem, toyProblem, toyStrings } from './toy.testing.ts'
import { ByteLanguageModelTrainer } from './train-byte-language-model.ts'
import { trainDecisionTree } from './train-decision-tree.ts'
import { trainGradientBoosting } from './train-gradient-boosting.ts'
import { trainIsolationForest } from './train-isolation-forest.ts'
import { trainLogisticRegression } from './train-logistic-regression.ts'
import { trainMarkovChain } from './train-markov-chain.ts'
import { trainRandomForest } from './train-random-forest.ts'

const train = toyProblem(3000, 1)
const held = toyProblem(1000, 2)
const trainStrings = toyStrings(1000, 1)
const heldStrings = toyStrings(500, 2)
/** What a kind must tell apart where it is not the classes of the toy problem: rare rows, for one without labels. */
const heldOf: Record<string, typeof held> = {
  'isolation-forest': outlierProblem(1000, 2),
  lstm: sequenceProblem(1000, 2),
  'markov-chain': sequenceProblem(1000, 2),
}

/** How each kind is trained on the toy problem; a new line in `index.ts` needs one here. */
const trainers: Record<string, (seed: number) => Model> = {
  'gradient-boosting': (seed) =>
    trainGradientBoosting(train.matrix, train.y, { seed, rowShare: 0.8, columnShare: 0.7 }),
  'isolation-forest': (seed) => trainIsolationForest(outlierProblem(3000, 1).matrix, { seed }),
  'random-forest': (seed) => trainRandomForest(train.matrix, train.y, { seed, trees: 30, leafWeightMin: 3 }),
  'decision-tree': () => trainDecisionTree(train.matrix, train.y),
  'logistic-regression': () => trainLogisticRegression(train.matrix, train.y),
  'byte-language-model': () => {
    const trainer = new ByteLanguageModelTrainer()
    for (const name of ['www', 'mail', 'www.shop', 'ns1', 'ns2', 'imap', 'cdn-7']) trainer.add(Buffer.from(name))
    return trainer.build()
  },
  'dense-net': (seed) => trainDenseNet(train.matrix, train.y, { seed, epochs: 4, learningRate: 0.01 }),
  lstm: (seed) => {
    const octets = sequenceProblem(300, 1)
    return trainLstm(octets.matrix, octets.y, { seed, epochs: 6, hidden: 12, embedded: 6, learningRate: 0.02 })
  },
  'markov-chain': () => {
    const octets = sequenceProblem(300, 1)
    return trainMarkovChain(octets.matrix, octets.y)
  },
  'hashed-ngram': (seed) => trainHashedNgram(byteStringsOf(trainStrings.strings), trainStrings.y, { seed }),
  ...Object.fromEntries(LEARNER_NAMES.map((name) => [name, (seed: number) => taught(name, seed)])),
  prepared: (seed) => {
    const steps = [
      new Clamping(new Float64Array(6).fill(-0.98), new Float64Array(6).fill(0.98)),
      new Scaling(new Float64Array(6).fill(-1), new Float64Array(6).fill(2)),
    ]
    const columns = Int32Array.of(0, 1, 2, 3)
    const prepared = createMatrix(
      train.matrix.rows,
      Array.from(columns, (column) => train.matrix.names[column]),
    )
    const row = new Float64Array(6)
    for (let i = 0; i < prepared.rows; i++) {
      row.set(train.matrix.values.subarray(6 * i, 6 * i + 6))
      for (const step of steps) step.apply(row, 0)
      prepared.values.set(row.subarray(0, 4), 4 * i)
    }
    const inner = trainGradientBoosting(prepared, train.y, { seed, rowShare: 0.8 })
    return new PreparedModel(train.matrix.names, steps, columns, inner)
  },
}

const hostile = [Number.NaN, Infinity, -Infinity, 1e308, -1e308, Number.MAX_VALUE, 5e-324, -0, 0]
  .map((value) => new Float64Array(6).fill(value))
  .concat(Float64Array.of(Number.NaN, Infinity, -Infinity, 1e308, 0, -5e-324))

function isExplaining(model: Model): model is ExplainingScorer {
  return 'contributions' in model
}

/** A learner that met every row of the toy problem some times, in order. */
function taught(name: LearnerName, seed: number): Model {
  const learner = createLearner(name, train.matrix.names, seed)
  for (let pass = 0; pass < 4; pass++) {
    for (let i = 0; i < train.matrix.rows; i++) learner.learnOne(train.matrix.values, i * 6, train.y[i], 1)
  }
  return learner
}

function fileOf(model: Model): Uint8Array {
  const features = model.featureNames.map((name) => ({ name, unit: 'ratio' }))
  return encodeModel({ model, features, thresholds: [], manifestHash: '', seed: 1, metrics: {} })
}

/** What a model says of octets, for kinds that read no rows. */
function readString(model: Model, bytes: Uint8Array): number {
  if (model instanceof ByteLanguageModel) return model.bits(bytes, 0, bytes.length)
  if (model instanceof HashedNgram) return model.scoreBytes(bytes, 0, bytes.length)
  throw new Error(`say here how to read a ${model.kind}`)
}

/** Numbers that pin a model down: its scores of rows, or what it says of strings. */
function outputs(model: Model): number[] {
  if (isScorer(model)) {
    const rows = Array.from({ length: held.matrix.rows }, (_, i) => model.scoreOne(held.matrix.values, i * 6))
    return [...rows, ...hostile.map((row) => model.scoreOne(row))]
  }
  const random = createRandom(4)
  return Array.from({ length: 200 }, (_, i) =>
    readString(
      model,
      Uint8Array.from({ length: i }, () => (i % 2 ? random() * 256 : 97 + random() * 26)),
    ),
  )
}

describe.each(modelKinds.map((kind) => [kind.kind, kind] as const))('%s', (name) => {
  const model = trainers[name]?.(1)

  test('is trained here', () => {
    expect(model, `add ${name} to the trainers of this test`).toBeDefined()
    expect(model.kind).toBe(name)
  })

  test('gives finite numbers on hostile rows, the same ones when asked again', () => {
    const before = fileOf(model)
    const scores = outputs(model)
    expect(scores.every(Number.isFinite)).toBe(true)
    expect(outputs(model)).toEqual(scores)
    expect(Buffer.compare(fileOf(model), before)).toBe(0)
  })

  test('leaves the row alone and reads it where it is told', () => {
    if (!isScorer(model)) return
    const out = new Float64Array(8).fill(9)
    for (const row of hostile) {
      const padded = Float64Array.of(7, ...row, 7)
      const copy = padded.slice()
      expect(model.scoreOne(padded, 1)).toBe(model.scoreOne(row))
      if (isExplaining(model)) model.contributions(padded, 1, out.subarray(0, 6))
      expect(padded).toEqual(copy)
    }
    expect([out[6], out[7]]).toEqual([9, 9])
  })

  test('explains its margin to the bit', () => {
    if (!isExplaining(model)) return
    const terms = new Float64Array(6)
    const explain = (x: Float64Array, at: number) => {
      const base = model.contributions(x, at, terms)
      expect(terms.reduce((sum, term) => sum + term, base)).toBe(model.scoreOne(x, at))
    }
    for (let i = 0; i < held.matrix.rows; i++) explain(held.matrix.values, i * 6)
    for (const row of hostile) explain(row, 0)
  })

  test('is the same file for the same seed', () => {
    expect(Buffer.compare(fileOf(trainers[name](1)), fileOf(model))).toBe(0)
  })

  test('scores the same to the bit after saving and loading', () => {
    const loaded = decodeModel(fileOf(model)).model
    expect(loaded.featureNames).toEqual(model.featureNames)
    expect(outputs(loaded)).toEqual(outputs(model))
    expect(Buffer.compare(fileOf(loaded), fileOf(model))).toBe(0)
  })

  test('separates the toy problem', () => {
    // A language of one kind has nothing to tell apart.
    if (model instanceof ByteLanguageModel) return
    const { matrix, y } = heldOf[name] ?? held
    const [scores, truth] = isScorer(model)
      ? [Array.from(y, (_, i) => model.scoreOne(matrix.values, i * 6)), y]
      : [heldStrings.strings.map((bytes) => readString(model, bytes)), heldStrings.y]
    // One tree of questions cannot do better here: scikit-learn's gets 0.85 to 0.89 on draws of this problem.
    const least: Record<string, number> = {
      'decision-tree': 0.87,
      'hoeffding-tree': 0.85,
      'hoeffding-adaptive-tree': 0.85,
    }
    expect(areaUnderRoc(scores, truth)).toBeGreaterThan(least[name] ?? 0.9)
  })

  test('is refused where other features are asked for', () => {
    if (!isScorer(model)) return
    const other = [...model.featureNames]
    other[2] = 'else'
    expect(() => decodeModel(fileOf(model), { featureNames: other })).toThrow(
      'The model was trained on other features: its feature 3 is crossA, and here it is else.',
    )
    expect(() => decodeModel(fileOf(model), { featureNames: other.slice(0, 2) })).toThrow(/feature 3 is crossA/)
  })

  test('survives any damage to its parts with a sentence or as a whole model', () => {
    const random = createRandom(9)
    const kind = modelKinds.find((known) => known.kind === name)!
    const saved = model.save()
    for (let round = 0; round < 300; round++) {
      const arrays = Object.fromEntries(Object.entries(saved.arrays).map(([key, array]) => [key, array.slice()]))
      const keys = Object.keys(arrays)
      const key = keys[Math.floor(random() * keys.length)]
      const array = arrays[key]
      const at = Math.floor(random() * array.length)
      if (round % 3 === 0) arrays[key] = array.slice(0, at)
      else array[at] = [-1, 0, 1, 255, 65_535, 2 ** 31 - 1, Number.NaN, Infinity, 1e300][Math.floor(random() * 9)]
      let loaded: Model | undefined
      try {
        loaded = kind.load({ ...saved, arrays }, model.featureNames)
      } catch (error) {
        expect(error).toMatchObject({ name: 'ModelFileError', message: expect.stringMatching(/^The [^\n]+\.$/) })
      }
      if (loaded) expect(outputs(loaded).every(Number.isFinite)).toBe(true)
    }
  })
})
