#!/usr/bin/env node
// Our online learners beside River's on the same streams, test then train: `node bench/reference/online.mjs [PYTHON] [ROWS]`.
// PYTHON is one that has river. Prints the page docs/evaluation/online.md.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Adwin } from '../../dist/drift/adwin.js'
import { createLearner, LEARNER_NAMES } from '../../dist/models/online/index.js'
import { SavedRandom } from '../../dist/stats/saved-random.js'

const [python = 'python3', rows = '20000'] = process.argv.slice(2)
const here = dirname(fileURLToPath(import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'wakeful-online-'))

/** Share answered right before it was learned, and CPU seconds. */
function prequential(name, x, y, columns) {
  const learner = createLearner(
    name,
    Array.from({ length: columns }, (_, i) => `f${i}`),
    1,
  )
  const start = process.cpuUsage()
  let right = 0
  for (let row = 0; row < y.length; row++) {
    right += learner.scoreOne(x, row * columns) > 0 === (y[row] === 1) ? 1 : 0
    learner.learnOne(x, row * columns, y[row], 1)
  }
  const { user, system } = process.cpuUsage(start)
  return { accuracy: right / y.length, seconds: (user + system) / 1e6, rows: y.length }
}

function readStream(path) {
  const lines = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(',').map(Number))
  const columns = lines[0].length - 1
  const x = new Float64Array(lines.length * columns)
  for (const [row, line] of lines.entries()) x.set(line.slice(0, columns), row * columns)
  return { x, y: Uint8Array.from(lines, (line) => line[columns]), columns }
}

const percent = (share) => (100 * share).toFixed(2)
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length

try {
  const { status, stdout, stderr } = spawnSync(python, [join(here, 'online.py'), folder, rows], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  if (status !== 0) throw new Error(`${python} could not run online.py: ${stderr.slice(-500)}`)
  const theirs = JSON.parse(stdout)
  const ours = {}
  for (const file of readdirSync(folder).sort()) {
    const stream = file.replace(/\.csv$/, '')
    const { x, y, columns } = readStream(join(folder, file))
    ours[stream] = Object.fromEntries(LEARNER_NAMES.map((name) => [name, prequential(name, x, y, columns)]))
  }
  const merged = (from) => {
    const { SEA, Agrawal, LED, ...phishing } = from
    const names = Object.keys(SEA)
    const over = (name, field) => mean(Object.values(phishing).map((set) => set[name][field]))
    const all = (name) => ({
      accuracy: over(name, 'accuracy'),
      seconds: over(name, 'seconds'),
      rows: over(name, 'rows'),
    })
    return { SEA, Agrawal, LED, Phishing: Object.fromEntries(names.map((name) => [name, all(name)])) }
  }
  const [we, river] = [merged(ours), merged(theirs)]
  const lines = [
    '# Learners that go on learning',
    '',
    `Written by \`node bench/reference/online.mjs PYTHON ${rows}\`, with River in that Python. Prequential accuracy in percent: every row is answered before it is learned, labels at once. SEA (noise 10 %), Agrawal and LED (noise 10 %; the question is whether the digit is five or more) change their concept in the middle of ${Number(rows).toLocaleString('en-US')} rows; Phishing (1,250 rows) is the mean of ten orders. One learner, one core; rows a CPU second, both in one run.`,
    '',
    '| stream | learner | ours | River | difference | ours, rows/s | River, rows/s | ratio |',
    '|---|---|--:|--:|--:|--:|--:|--:|',
  ]
  for (const stream of Object.keys(we)) {
    for (const name of LEARNER_NAMES) {
      const own = we[stream][name]
      const other = river[stream][name]
      const speed = own.rows / own.seconds
      const figure = (value) => Math.round(value).toLocaleString('en-US')
      lines.push(
        other
          ? `| ${stream} | ${name} | ${percent(own.accuracy)} | ${percent(other.accuracy)} | ${percent(own.accuracy - other.accuracy)} | ${figure(speed)} | ${figure(other.rows / other.seconds)} | ${(speed / (other.rows / other.seconds)).toFixed(0)} |`
          : `| ${stream} | ${name} | ${percent(own.accuracy)} | none like it | | ${figure(speed)} | | |`,
      )
    }
  }
  lines.push('', '## Drift', '', ...drift())
  process.stdout.write(`${lines.join('\n')}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** ADWIN's delay and false alarms over a hundred seeds. */
function drift() {
  const delays = []
  let alarms = 0
  for (let seed = 0; seed < 100; seed++) {
    const random = new SavedRandom(seed)
    const adwin = new Adwin()
    let delay = Number.POSITIVE_INFINITY
    for (let i = 0; i < 4000 && delay === Number.POSITIVE_INFINITY; i++) {
      if (adwin.add(random.next() < (i < 2000 ? 0.4 : 0.6) ? 1 : 0) && i >= 2000) delay = i - 1999
    }
    delays.push(delay)
    const calm = new Adwin()
    for (let i = 0; i < 100_000; i++) if (calm.add(random.next() < 0.5 ? 1 : 0)) alarms++
  }
  delays.sort((a, b) => a - b)
  return [
    `ADWIN (delta 0.002), 100 seeds: a change of a Bernoulli mean from 0.4 to 0.6 behind 2,000 values is found after ${delays[49]} values at the median, ${delays[94]} in 95 of 100, ${delays[99]} at the latest; without a change ${(alarms / 100).toFixed(2)} false alarms in 100,000 values at the mean.`,
  ]
}
