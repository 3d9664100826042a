#!/usr/bin/env node
// What adapting is worth when traffic changes: `node bench/adaptation.mjs MANIFEST... [--seeds N] [--development]`. Prints the page
// docs/evaluation/adaptation.md. Needs `npm run build`; some minutes.
import { parseArgs } from 'node:util'
import { readManifest } from '../dist/datasets/manifest.js'
import { loadDetectionModel } from '../dist/detect/load-detection-model.js'
import { adaptationReport } from '../dist/evaluate/adaptation/adaptation-report.js'
import * as lab from '../dist/lab/evasion/index.js'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seeds: { type: 'string', default: '20' }, development: { type: 'boolean', default: false } },
})
if (positionals.length === 0) {
  process.stderr.write('Say what to measure on: node bench/adaptation.mjs ../shared/data/lab/MANIFEST.csv ...\n')
  process.exit(64)
}
const say = (text) => process.stderr.write(`${text}\n`)
const rows = positionals.flatMap((path) => readManifest(path))
process.stdout.write(
  await adaptationReport(rows, loadDetectionModel(), lab, {
    orderings: Number(values.seeds),
    development: values.development,
    say,
  }),
)
