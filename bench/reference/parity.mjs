// Our models beside scikit-learn's and LightGBM's: same rows, same split, same settings. See README.md here.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { matrixOf } from '../../dist/models/matrix.js'
import { trainDecisionTree } from '../../dist/models/train-decision-tree.js'
import { trainGradientBoosting } from '../../dist/models/train-gradient-boosting.js'
import { trainLogisticRegression } from '../../dist/models/train-logistic-regression.js'
import { trainRandomForest } from '../../dist/models/train-random-forest.js'
import { areaUnderRoc } from './area-under-roc.mjs'
import { labWindows, legacyStream, lexicalNames } from './data-sets.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const { values } = parseArgs({ options: { data: { type: 'string' }, write: { type: 'boolean' } } })
const DATA = values.data ?? here('../../../shared/data')
const PYTHON = process.env.PYTHON ?? 'python3'
/** How much lower than the reference an AUC may be; an isolation forest is compared by its mean over seeds. */
const TOLERANCE = { 'isolation forest': 0.01 }
const SEEDS = 10

const TRAINERS = {
  'gradient boosting': ({ matrix, y }) =>
    trainGradientBoosting(matrix, y, { rounds: 100, leavesMax: 31, depthMax: 31, binsMax: 64 }),
  'random forest': ({ matrix, y }) => trainRandomForest(matrix, y, { trees: 100, depthMax: 16, leafWeightMin: 1 }),
  'decision tree': ({ matrix, y }) => trainDecisionTree(matrix, y, { depthMax: 6, leafWeightMin: 20 }),
  'logistic regression': ({ matrix, y }) => trainLogisticRegression(matrix, y, { l2: 1 }),
}

function part({ columns, rows, y, test }, held) {
  const picked = [...rows.keys()].filter((i) => test[i] === held)
  const matrix = matrixOf(
    columns,
    picked.map((i) => rows[i]),
  )
  return { matrix, y: Float64Array.from(picked, (i) => y[i]) }
}

const aucOf = (model, { matrix, y }) =>
  areaUnderRoc(
    Float64Array.from(y, (_, i) => model.scoreOne(matrix.values, i * matrix.columns)),
    y,
  )

/** Fitted on the benign training rows, as nobody has the others; absent where this build has no isolation forest. */
async function isolationForest(train, held) {
  const path = here('../../dist/models/train-isolation-forest.js')
  if (!existsSync(path)) return undefined
  const { trainIsolationForest } = await import(path)
  const benign = [...train.y.keys()].filter((i) => train.y[i] === 0)
  const rows = benign.map((i) => [
    ...train.matrix.values.subarray(i * train.matrix.columns, (i + 1) * train.matrix.columns),
  ])
  const matrix = matrixOf(train.matrix.names, rows)
  let sum = 0
  for (let seed = 1; seed <= SEEDS; seed++) {
    sum += aucOf(trainIsolationForest(matrix, { trees: 100, sampleSize: 256, seed }), held)
  }
  return sum / SEEDS
}

const folder = mkdtempSync(join(tmpdir(), 'wakeful-parity-'))
try {
  const sets = [legacyStream(DATA), lexicalNames(DATA), await labWindows(DATA)]
  for (const [i, { columns, rows, y, test }] of sets.entries()) {
    writeFileSync(join(folder, `${i}.x`), Float64Array.from(rows.flat()))
    writeFileSync(join(folder, `${i}.y`), Float64Array.from(y))
    writeFileSync(join(folder, `${i}.test`), test)
    writeFileSync(join(folder, `${i}.json`), JSON.stringify({ columns: columns.length }))
  }
  const { status, stdout, stderr } = spawnSync(
    PYTHON,
    [here('parity.py'), folder, String(sets.length), String(SEEDS)],
    {
      encoding: 'utf8',
    },
  )
  if (status !== 0) {
    throw new Error(`${PYTHON} with numpy, scikit-learn and lightgbm is needed; set PYTHON. ${stderr ?? ''}`)
  }
  const theirs = JSON.parse(stdout)
  const results = []
  for (const [i, set] of sets.entries()) {
    const [train, held] = [part(set, 0), part(set, 1)]
    const ours = Object.fromEntries(Object.entries(TRAINERS).map(([name, fit]) => [name, aucOf(fit(train), held)]))
    const isolation = await isolationForest(train, held)
    if (isolation !== undefined) ours['isolation forest'] = isolation
    const positives = (y) => y.reduce((sum, label) => sum + label, 0)
    const count = ({ y }) => ({ rows: y.length, positives: positives(y) })
    const models = []
    for (const [name, references] of Object.entries(theirs.sets[i])) {
      for (const [library, auc] of Object.entries(references)) {
        const tolerance = TOLERANCE[name] ?? 0.005
        const own = ours[name] ?? null
        models.push({
          model: name,
          library,
          theirs: auc,
          ours: own,
          tolerance,
          ok: own === null ? null : own >= auc - tolerance,
        })
      }
    }
    const unreadable = set.unreadable === undefined ? {} : { unreadable: set.unreadable }
    results.push({
      data: set.name,
      columns: set.columns,
      train: count(train),
      held: count(held),
      ...unreadable,
      models,
    })
  }
  for (const { data, train, held, models } of results) {
    process.stdout.write(
      `${data}: ${train.rows} rows (${train.positives} positive), ${held.rows} (${held.positives}) held out\n`,
    )
    for (const { model, library, theirs: auc, ours, ok } of models) {
      const own = ours === null ? 'none here' : ours.toFixed(4)
      const verdict = ok === null ? '' : ok ? 'ok' : 'TOO LOW'
      process.stdout.write(
        `  ${model.padEnd(20)} ${own.padEnd(9)} ${library.padEnd(13)} ${auc.toFixed(4)} ${verdict}\n`,
      )
    }
  }
  const versions = { node: process.version.slice(1), ...theirs.versions }
  if (values.write)
    writeFileSync(here('parity.json'), `${JSON.stringify({ versions, seeds: SEEDS, results }, null, 2)}\n`)
  if (results.some(({ models }) => models.some(({ ok }) => ok === false))) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true })
}
