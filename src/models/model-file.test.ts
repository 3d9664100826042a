import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { fitIsotonic, fitPlatt } from './calibrators.ts'
import { decodeModel, encodeModel, type ModelFile } from './model-file.ts'
import { PreparedModel } from './prepared-model.ts'
import { Clamping } from './steps/clamping.ts'
import { FrequencyEncoding } from './steps/frequency-encoding.ts'
import { HashBuckets } from './steps/hash-buckets.ts'
import { Imputation } from './steps/imputation.ts'
import { Scaling } from './steps/scaling.ts'
import { toyProblem } from './toy.testing.ts'
import { trainGradientBoosting } from './train-gradient-boosting.ts'

const { matrix, y } = toyProblem(500, 1)
const model = trainGradientBoosting(matrix, y, { rounds: 5 })
const margins = Array.from({ length: matrix.rows }, (_, i) => model.scoreOne(matrix.values, i * 6))
const facts: ModelFile = {
  model,
  features: matrix.names.map((name) => ({ name, unit: 'ratio' })),
  calibrator: fitIsotonic(margins, y),
  thresholds: [{ name: 'alert', value: 0.1 + 0.2, falseAlarmRate: 1e-4, basis: 'benign domains' }],
  manifestHash: 'ab12',
  plan: 'seventy trees',
  seed: 7,
  metrics: { rocAuc: 0.93 },
}
const file = encodeModel(facts)

/** The file with one header field replaced (undefined: dropped) and its hash made to fit, as an attacker would. */
function forged(path: string, value: unknown, body = (octets: Buffer) => octets): Buffer {
  const lineEnd = file.indexOf(10)
  const { wakefulModel, sha256: _, ...header } = JSON.parse(Buffer.from(file.subarray(0, lineEnd)).toString())
  const keys = path.split('.')
  const last = keys.pop()!
  const parent = keys.reduce((part, key) => part[key], header)
  Object.defineProperty(parent, last, { value, enumerable: true })
  const content = Buffer.concat([
    Buffer.from(`,${JSON.stringify(header).slice(1)}\n`),
    body(Buffer.from(file.subarray(lineEnd + 1))),
  ])
  const hash = createHash('sha256').update(content).digest('hex')
  return Buffer.concat([Buffer.from(`{"wakefulModel":${wakefulModel},"sha256":"${hash}"`), content])
}

test('every fact comes back, and the first line is JSON for people', () => {
  const back = decodeModel(file, { kind: 'gradient-boosting', featureNames: matrix.names })
  const { model: _, calibrator, sha256, ...rest } = back
  const { model: _model, calibrator: _calibrator, ...given } = facts
  expect(rest).toEqual(given)
  expect(sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(margins.map((m) => calibrator!.logLikelihoodRatio(m))).toEqual(
    margins.map((m) => facts.calibrator!.logLikelihoodRatio(m)),
  )
  expect(JSON.parse(Buffer.from(file).toString('latin1').split('\n')[0])).toMatchObject({ wakefulModel: 1, sha256 })
  const platt = decodeModel(encodeModel({ ...facts, calibrator: fitPlatt(margins, y) })).calibrator
  expect(platt!.kind).toBe('platt')
  expect(Buffer.compare(forged('kind', facts.model.kind), file)).toBe(0)
})

test('damage is one sentence', () => {
  const random = createRandom(3)
  for (let length = 0; length < file.length; length += 97) {
    expect(() => decodeModel(file.subarray(0, length))).toThrow(/^The (model )?file [^\n]+\.$/)
  }
  for (let round = 0; round < 300; round++) {
    const copy = file.slice()
    copy[Math.floor(random() * copy.length)] ^= 1 << Math.floor(random() * 8)
    expect(() => decodeModel(copy)).toThrow(/^The (model )?file [^\n]+\.$/)
  }
  expect(() => decodeModel(Buffer.from('MZ'))).toThrow('The file is not a wakeful model file.')
  const newer = Buffer.from(
    Buffer.from(file).toString('latin1').replace('"wakefulModel":1', '"wakefulModel":2'),
    'latin1',
  )
  expect(() => decodeModel(newer)).toThrow('format version 2, and this program reads version 1')
})

test('a forged header with a hash that fits is one sentence, without allocating what it claims', () => {
  const forgeries: [path: string, value: unknown][] = [
    ['kind', 'unknown'],
    ['kind', '__proto__'],
    ['kind', 'logistic-regression'],
    ['features', null],
    ['features', facts.features.slice(1)],
    ['features.0.name', 'down'],
    ['arrays.0.length', 2 ** 52],
    ['arrays.0.length', -1],
    ['arrays.0.length', 1e300],
    ['arrays.0.type', 'constructor'],
    ['arrays.0.name', '__proto__'],
    ['arrays', []],
    ['calibration.kind', 'oracle'],
    ['calibration', undefined],
    ['training', []],
    ['thresholds.0.value', '1'],
    ['metrics', { rocAuc: null }],
    ['parameters', { deep: {} }],
  ]
  for (const [path, value] of forgeries) {
    expect(() => decodeModel(forged(path, value)), `${path}: ${value}`).toThrow(
      expect.objectContaining({ name: 'ModelFileError', message: expect.stringMatching(/^The [^\n]+\.$/) }),
    )
  }
  const twice = forged('seed', 7, (body) => Buffer.concat([body, body]))
  expect(() => decodeModel(twice)).toThrow(/octets after its last array/)
})

/** The same model behind every kind of step: rows are prepared there as they were here. */
const prepared = new PreparedModel(
  matrix.names,
  [
    new FrequencyEncoding({
      columns: Int32Array.of(5),
      starts: Int32Array.of(0, 2),
      values: Float64Array.of(matrix.values[5], matrix.values[11]).sort(),
      shares: Float64Array.of(0.1, 0.7),
    }),
    new HashBuckets(Int32Array.of(3), 64, 7),
    new Imputation(new Float64Array(6).fill(0.1)),
    new Clamping(new Float64Array(6).fill(-0.9), new Float64Array(6).fill(40)),
    new Scaling(new Float64Array(6).fill(0.1), new Float64Array(6).fill(1 / 3)),
  ],
  Int32Array.from(matrix.names, (_, column) => column),
  model,
)

test.each([model, prepared])('another process scores $kind the same to the bit', { timeout: 60_000 }, (scorer) => {
  const margins = Array.from({ length: matrix.rows }, (_, i) => scorer.scoreOne(matrix.values, i * 6))
  const folder = mkdtempSync(join(tmpdir(), 'wakeful-model-file-'))
  try {
    for (const part of ['drift', 'models', 'stats']) compile(join(import.meta.dirname, '..', part), join(folder, part))
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
    writeFileSync(join(folder, 'file'), encodeModel({ ...facts, model: scorer }))
    writeFileSync(join(folder, 'rows'), new Uint8Array(matrix.values.buffer))
    const script = `
      import { readFileSync } from 'node:fs'
      import { decodeModel } from './models/model-file.js'
      const { model, calibrator } = decodeModel(readFileSync('file'))
      const rows = new Float64Array(new Uint8Array(readFileSync('rows')).buffer)
      const margins = Float64Array.from({ length: rows.length / 6 }, (_, i) => model.scoreOne(rows, 6 * i))
      const both = [...margins, ...margins.map((m) => calibrator.probability(m))]
      process.stdout.write(Buffer.from(Float64Array.from(both).buffer).toString('hex'))`
    writeFileSync(join(folder, 'score.js'), script)
    const there = execFileSync(process.execPath, ['score.js'], { cwd: folder, encoding: 'utf8' })
    const here = Float64Array.from([...margins, ...margins.map((m) => facts.calibrator!.probability(m))])
    expect(there).toBe(Buffer.from(here.buffer).toString('hex'))
  } finally {
    rmSync(folder, { recursive: true })
  }
})

/** Strips the types of a folder's sources, which Node 20 cannot read itself. */
function compile(from: string, to: string): void {
  const compilerOptions = {
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2023,
    rewriteRelativeImportExtensions: true,
  }
  const names = readdirSync(from, { encoding: 'utf8', recursive: true })
  for (const name of names.filter((file) => file.endsWith('.ts') && !file.includes('.test'))) {
    const { outputText } = ts.transpileModule(readFileSync(join(from, name), 'utf8'), { compilerOptions })
    mkdirSync(dirname(join(to, name)), { recursive: true })
    writeFileSync(join(to, name.replace(/\.ts$/, '.js')), outputText)
  }
}
