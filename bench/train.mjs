// What training costs: boosting beside LightGBM on one thread, in one run, on the same rows. Never a timed test.
//
//   npm run build && node bench/train.mjs          1,000,000 rows of 32 columns, 100 trees of 31 leaves, 64 bins
//   PYTHON=/path/to/python node bench/train.mjs    a Python that has lightgbm and numpy, if `python3` has not
//   node bench/train.mjs --rows 100000 --runs 1    smaller and less steady
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createMatrix } from '../dist/models/matrix.js'
import { trainGradientBoosting } from '../dist/models/train-gradient-boosting.js'
import { createRandom } from '../dist/stats/random.js'
import { sigmoid } from '../dist/stats/sigmoid.js'
import { cpuSecondsOf, summary } from './cpu-time.mjs'
import { areaUnderRoc } from './reference/area-under-roc.mjs'

const text = { type: 'string' }
const { values } = parseArgs({ options: { rows: text, trees: text, runs: text } })
const ROWS = Number(values.rows ?? 1_000_000)
const TREES = Number(values.trees ?? 100)
const RUNS = Number(values.runs ?? 2)
const [COLUMNS, LEAVES, BINS, HELD] = [32, 31, 64, 100_000]
const PYTHON = process.env.PYTHON ?? 'python3'

const say = (line) => process.stdout.write(`${line}\n`)
const thousands = (value) => Math.round(value).toLocaleString('en-US')

/** Uniform columns; five of them decide: two in a line, two crossed, one in a wave. */
function problem(rows, seed) {
  const random = createRandom(seed)
  const matrix = createMatrix(
    rows,
    Array.from({ length: COLUMNS }, (_, i) => `column ${i}`),
  )
  const y = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    const row = matrix.values.subarray(i * COLUMNS, (i + 1) * COLUMNS)
    for (let j = 0; j < COLUMNS; j++) row[j] = random()
    const z = 3 * row[0] - 2 * row[1] + 4 * (row[2] - 0.5) * (row[3] - 0.5) + Math.sin(6 * row[4]) - 0.5
    y[i] = random() < sigmoid(z) ? 1 : 0
  }
  return { matrix, y }
}

async function ours(train, held) {
  const options = { rounds: TREES, leavesMax: LEAVES, depthMax: LEAVES, binsMax: BINS, l2: 1, childHessianMin: 1 }
  let model
  const trainSeconds = await cpuSecondsOf(() => {
    model = trainGradientBoosting(train.matrix, train.y, options)
  })
  const margins = new Float64Array(HELD)
  const scoreSeconds = await cpuSecondsOf(() => {
    for (let i = 0; i < HELD; i++) margins[i] = model.scoreOne(held.matrix.values, i * COLUMNS)
  })
  return { trainSeconds, scoreSeconds, auc: areaUnderRoc(margins, held.y) }
}

function theirs(folder, layout) {
  const script = fileURLToPath(new URL('reference/train-lightgbm.py', import.meta.url))
  const args = [script, folder, ...[ROWS, HELD, COLUMNS, TREES, LEAVES, BINS].map(String), layout]
  const { status, stdout, stderr } = spawnSync(PYTHON, args, { encoding: 'utf8' })
  return status === 0 ? JSON.parse(stdout) : { failed: stderr?.trim().split('\n').at(-1) ?? `no ${PYTHON}` }
}

const train = problem(ROWS, 1)
const held = problem(HELD, 2)
const folder = mkdtempSync(join(tmpdir(), 'wakeful-train-'))
try {
  for (const [name, { matrix, y }] of Object.entries({ train, held })) {
    writeFileSync(join(folder, `${name}.x`), matrix.values)
    writeFileSync(join(folder, `${name}.y`), y)
  }
  const mine = []
  const lightgbm = { row: [], col: [] }
  let failed
  // In turn, so that what else the machine does meets all of them.
  for (let run = 0; run < RUNS; run++) {
    mine.push(await ours(train, held))
    for (const layout of failed ? [] : ['row', 'col']) {
      const found = theirs(folder, layout)
      if (found.failed) failed = found.failed
      else lightgbm[layout].push(found)
    }
  }
  const least = (runs, field) => summary(runs.map((run) => run[field])).least
  say(`${thousands(ROWS)} rows, ${COLUMNS} columns, ${TREES} trees of ${LEAVES} leaves, ${BINS} bins; one thread;`)
  say(`CPU seconds from rows to model, binning included, least of ${RUNS}; AUC on ${thousands(HELD)} rows held out`)
  const line = (name, runs) => {
    const rate = HELD / least(runs, 'scoreSeconds')
    const train = least(runs, 'trainSeconds').toFixed(1)
    say(
      `${name.padEnd(26)} ${train.padStart(6)} s  ${thousands(rate).padStart(9)} rows/s scored  AUC ${runs[0].auc.toFixed(4)}`,
    )
  }
  line(`wakeful, Node ${process.version.slice(1)}`, mine)
  if (failed) {
    say(`NO RATIO: LightGBM was not measured (${failed}). Set PYTHON to a Python that has lightgbm and numpy.`)
  } else {
    for (const [layout, runs] of Object.entries(lightgbm)) line(`LightGBM ${runs[0].version}, ${layout}-wise`, runs)
    const best = Math.min(least(lightgbm.row, 'trainSeconds'), least(lightgbm.col, 'trainSeconds'))
    const ratio = least(mine, 'trainSeconds') / best
    say(`ratio to LightGBM’s faster layout: ${ratio.toFixed(2)} (budget: 3)`)
  }
} finally {
  rmSync(folder, { recursive: true })
}
