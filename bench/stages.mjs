// Where a scan's CPU time goes. Up to L0 by running the pipeline as far as each stage; behind it, where stages call each
// other for every row, by a profile without inlining, as an inlined function's time is booked on its caller.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Stages in the order a row meets them, and what is known to help where one is among the slowest. */
const PREFIXES = {
  read: 'nothing worth it: it is near the cost of copying the file',
  decode: 'WebAssembly: the prototype read octets at twice the speed of JavaScript',
  match:
    'writing an answered row once, into the batch in order; rows by number would pin whole batches for one slow answer',
  order: 'handing on row numbers in order, in place of copying rows; copying column by column was tried and is slower',
  canonical: 'hashing names four octets a step: another hash, so that fingerprints in rows and states change',
}
const CODE =
  'nothing known that keeps every bit: WebAssembly hardly gains on the loop as it is. Sampling settled alerts is out: ' +
  'docs/decisions/0006, 0017'
const PROFILED = {
  charge: 'one look-up a row for a domain and its client together, in place of three',
  code: CODE,
  score: 'oblivious trees, sixteen rows at a time in WebAssembly',
  decide: 'fewer encodings tried for an alert whose tool is known',
}

/** Files of the profiled stages; a helper that several use (hashes, columns) counts as whoever called it. */
const FILES = [
  ['code', /detect\/(adaptive-code|name-code|form-code)|models\/byte-|dns\/prefix-text/],
  ['score', /detect\/(query-scorer|load-detection-model)|features\/|models\//],
  [
    'decide',
    /detect\/(decide-domain|lookup-|octet-strings|prefix-samples|build-incident|fusion|signals|explain-detectors|evidence\/)|sinks\//,
  ],
  ['charge', /detect\/(?!canonical|search-suffix|vantage|recent-set|reverse-name|address-hash)/],
]

/** What would speed the stage up. */
export const FASTER = { ...PREFIXES, ...PROFILED }

/**
 * CPU seconds of each stage of `wakeful scan PATH` in order, and `start`: loading, compiling and printing, what is left
 * of `wholeSeconds`.
 */
export function stageSeconds(cli, path, wholeSeconds) {
  const stages = []
  let before = 0
  for (const name of Object.keys(PREFIXES)) {
    const until = prefixSeconds(name, path)
    stages.push({ name, seconds: Math.max(0, until - before) })
    before = until
  }
  const detect = prefixSeconds('detect', path)
  const shares = profiledShares(cli, path)
  for (const name of Object.keys(PROFILED)) stages.push({ name, seconds: (detect - before) * shares.get(name) })
  return [...stages, { name: 'start', seconds: Math.max(0, wholeSeconds - detect) }]
}

function prefixSeconds(stage, path) {
  const script = fileURLToPath(new URL('prefixes.mjs', import.meta.url))
  const run = () => Number(spawnSync(process.execPath, [script, stage, path], { encoding: 'utf8' }).stdout)
  return Math.min(run(), run())
}

function profiledShares(cli, path) {
  const folder = mkdtempSync(join(tmpdir(), 'wakeful-profile-'))
  try {
    const flags = ['--no-turbo-inlining', '--cpu-prof', `--cpu-prof-dir=${folder}`]
    spawnSync(process.execPath, [...flags, cli, 'scan', path, '--format', 'ndjson'], { stdio: 'ignore' })
    const [file] = readdirSync(folder)
    return sharesOf(JSON.parse(readFileSync(join(folder, file), 'utf8')))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function sharesOf({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])))
  const spent = new Map(Object.keys(PROFILED).map((name) => [name, 0]))
  let total = 0
  for (let i = 0; i < samples.length; i++) {
    const stage = stageOf(samples[i], byId, parents)
    if (stage === undefined) continue
    spent.set(stage, spent.get(stage) + timeDeltas[i])
    total += timeDeltas[i]
  }
  return new Map([...spent].map(([name, time]) => [name, time / total]))
}

/** The stage of a place in the program: that of the nearest caller that has one. */
function stageOf(id, byId, parents) {
  for (let at = id; at !== undefined; at = parents.get(at)) {
    const { url } = byId.get(at).callFrame
    const place = url.slice(url.lastIndexOf('/dist/') + 1)
    if (!url.includes('/dist/')) continue
    if (/dist\/(stats|batch)\//.test(place)) continue
    return FILES.find(([, files]) => files.test(place))?.[0]
  }
  return undefined
}
