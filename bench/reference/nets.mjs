#!/usr/bin/env node
// The nets on generated packets: each tool in, each tool left out, and on real captures of the lab; PyTorch beside them on the same
// split. `node bench/reference/nets.mjs PYTHON`, where PYTHON has torch and numpy, prints the page docs/evaluation/nets.md and writes
// nets.json beside this file.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadDataSets } from '../../dist/datasets/load-data-sets.js'
import { readManifest } from '../../dist/datasets/manifest.js'
import { composeTraffic } from '../../dist/lab/traffic/compose.js'
import { TRAFFIC_DEFAULTS } from '../../dist/lab/traffic/plan.js'
import { sendExchange } from '../../dist/lab/traffic/sent-exchange.js'
import { selectRows } from '../../dist/models/matrix.js'
import { trainAutoencoder } from '../../dist/models/nets/train-autoencoder.js'
import { trainDenseNet } from '../../dist/models/nets/train-dense-net.js'
import { trainLstm } from '../../dist/models/nets/train-lstm.js'
import { hashed, hashOctets } from '../../dist/stats/hash.js'
import { createRandom } from '../../dist/stats/random.js'
import { shuffled } from '../../dist/stats/shuffled.js'

const [python = 'python3'] = process.argv.slice(2)
const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'wakeful-nets-'))
const STYLES = ['det', 'iodine', 'dnscat2', 'dns2tcp', 'dnsexfiltrator', 'hex', 'base32', 'base64url', 'words']
const EPOCHS = 6
const PRETRAIN_EPOCHS = 3
const LSTM_EPOCHS = 4
/** An LSTM learns a twentieth of the rows a second: it is given every fourth. */
const LSTM_SHARE = 4
const HELD_SHARE = 0.3
/** What is drawn moves F by more than two libraries differ: each is the mean of these. */
const SEEDS = [1, 2, 3]

/** Generates one capture a style and one of benign traffic, and gives their manifests' rows. */
function generate() {
  const make = (words, name) => {
    const { status, stderr } = spawnSync(process.execPath, [
      join(root, 'dist/cli/main.js'),
      'lab',
      'generate',
      ...words,
      '-o',
      join(folder, name),
    ])
    if (status !== 0) throw new Error(String(stderr))
    return readManifest(join(folder, name, 'MANIFEST.csv'))
  }
  const attack = STYLES.flatMap((style, i) =>
    make(['--style', style, '--benign', 'none', '--transfers', '8', '--minutes', '60', '--seed', String(i + 1)], style),
  )
  return [...attack, ...make(['--benign', 'mix', '--minutes', '40', '--seed', '99'], 'benign')]
}

const load = async (rows, kind) =>
  (await loadDataSets(rows, { profile: 'query', kind, languages: {}, thresholds: {} }))[0]

/** A table's columns as plain lists. */
function table({ matrix, y, group, tool }) {
  const of = ({ codes, values }) => Array.from(codes, (code) => values[code])
  return { matrix, y, group: of(group), tool: of(tool) }
}

/** Whether the group is held out, by a hash of its name: the same for all nets. */
function isHeld(group) {
  const octets = Buffer.from(group)
  hashOctets(octets, 0, octets.length, 1, true)
  return hashed.lo / 2 ** 32 < HELD_SHARE
}

const NETS = {
  dense: (matrix, y, seed) => trainDenseNet(matrix, y, { seed, epochs: EPOCHS }),
  autoencoder: (matrix, y, seed) =>
    trainAutoencoder(matrix, y, { seed, epochs: EPOCHS, pretrainEpochs: PRETRAIN_EPOCHS }),
  lstm: (matrix, y, seed) => trainLstm(matrix, y, { seed, epochs: LSTM_EPOCHS }),
}
const kindOf = (net) => (net === 'lstm' ? 'sequences' : 'packets')
const passesOf = { dense: EPOCHS, autoencoder: EPOCHS + PRETRAIN_EPOCHS, lstm: LSTM_EPOCHS }

function fit(net, { matrix, y }, keep, seed = SEEDS[0]) {
  const every = net === 'lstm' ? LSTM_SHARE : 1
  const rows = [...y.keys()].filter(keep).filter((_, i) => i % every === 0)
  const start = process.cpuUsage()
  const model = NETS[net](
    selectRows(matrix, rows),
    Uint8Array.from(rows, (row) => y[row]),
    seed,
  )
  const { user, system } = process.cpuUsage(start)
  return { model, rows: rows.length, rowsASecond: (passesOf[net] * rows.length) / ((user + system) / 1e6) }
}

/** What is called of the rows, malicious being positive. */
function judge(model, { matrix, y }, keep) {
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 }
  for (const row of [...y.keys()].filter(keep)) {
    const called = model.scoreOne(matrix.values, row * matrix.columns) > 0
    counts[called ? (y[row] ? 'tp' : 'fp') : y[row] ? 'fn' : 'tn']++
  }
  const { tp, fp, fn, tn } = counts
  return {
    ...counts,
    f: (2 * tp) / Math.max(1, 2 * tp + fp + fn),
    recall: tp / (tp + fn),
    precision: tp / Math.max(1, tp + fp),
    fpr: fp / (fp + tn),
  }
}

/** Area under the ROC curve of numbers against classes, whichever way round. */
function auc(values, y) {
  const order = [...values.keys()].sort((a, b) => values[a] - values[b])
  let [pairs, below, positives] = [0, 0, 0]
  for (let i = 0, next = 0; i < order.length; i = next) {
    let [up, down] = [0, 0]
    for (; next < order.length && values[order[next]] === values[order[i]]; next++) y[order[next]] ? up++ : down++
    pairs += up * (below + down / 2)
    below += down
    positives += up
  }
  return pairs / (positives * below)
}

/** What generated traffic gives away without being learned from: a mixed capture of four styles. */
function audit() {
  const plan = { ...TRAFFIC_DEFAULTS, styles: ['det', 'iodine', 'dnscat2', 'words'], seed: 7 }
  const random = createRandom(3)
  const sent = composeTraffic(plan).map((exchange) => sendExchange(exchange, random))
  const y = sent.map(({ transfer }) => (transfer ? 1 : 0))
  const perDomain = new Map()
  const domainOf = ({ qname }) => qname.toLowerCase().split('.').slice(-2).join('.')
  for (const exchange of sent) perDomain.set(domainOf(exchange), (perDomain.get(domainOf(exchange)) ?? 0) + 1)
  const incidental = {
    id: ({ id }) => id,
    'client port': ({ from }) => from.port,
    'server port': ({ to }) => to.port,
    EDNS: ({ query }) => query[11],
    flags: ({ query }) => query[2] * 256 + query[3],
    answered: ({ response }) => (response ? 1 : 0),
    TTL: ({ ttlSeconds }) => ttlSeconds,
    client: ({ client }) => client,
    clock: ({ timeMs }) => timeMs,
    resolver: ({ to }) => (to.address.endsWith('53') ? 1 : 0),
    'round trip': ({ roundTripMs }) => roundTripMs,
    'place in the capture': (_, place) => place,
  }
  const meant = {
    'size of the query': ({ query }) => query.length,
    'size of the answer': ({ response }) => response?.length ?? 0,
    type: ({ qtype }) => qtype,
    'rate: questions of the domain': (exchange) => perDomain.get(domainOf(exchange)),
  }
  const judged = (of) => Object.entries(of).map(([name, value]) => [name, auc(sent.map(value), y)])
  return { incidental: judged(incidental), meant: judged(meant), rows: sent.length }
}

/** Held-out AUC of the fully connected net on targets that were shuffled among its rows, by seed. */
function shuffledTargets(data) {
  return Array.from({ length: 10 }, (_, seed) => {
    const train = [...data.y.keys()].filter((r) => !isHeld(data.group[r])).filter((_, i) => i % 4 === 0)
    const held = [...data.y.keys()].filter((r) => isHeld(data.group[r]))
    const order = shuffled(train.length, seed + 1)
    const y = Uint8Array.from(order, (place) => data.y[train[place]])
    const model = trainDenseNet(selectRows(data.matrix, train), y, { seed: seed + 1, epochs: 2 })
    // Targets of the held rows too: what is asked is whether shuffled ones can be foretold.
    const mixed = shuffled(held.length, seed + 101)
    const targets = Array.from(mixed, (place) => data.y[held[place]])
    return auc(
      held.map((r) => model.scoreOne(data.matrix.values, r * data.matrix.columns)),
      targets,
    )
  })
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length
const share = (value) => (Number.isNaN(value) ? '' : value.toFixed(3))
const row = (cells) => `| ${cells.join(' | ')} |`
const heading = (cells) => [row(cells), row(cells.map((_, i) => (i === 0 ? '---' : '--:')))]

try {
  const generated = generate()
  const real = readManifest(join(root, '../shared/data/lab/MANIFEST.csv'))
  const sets = {}
  const captures = {}
  for (const kind of ['packets', 'sequences']) {
    sets[kind] = table(await load(generated, kind))
    captures[kind] = table(await load(real, kind))
  }
  const facts = { epochs: EPOCHS, pretrainEpochs: PRETRAIN_EPOCHS, lstmEpochs: LSTM_EPOCHS, seeds: SEEDS }
  for (const [kind, { matrix, y, group }] of Object.entries(sets)) {
    // The same rows for both: of sequences every fourth that trains, and all that are held.
    let seen = 0
    const kept = [...y.keys()].filter((r) => isHeld(group[r]) || kind === 'packets' || seen++ % LSTM_SHARE === 0)
    facts[kind] = { columns: matrix.columns }
    writeFileSync(join(folder, `${kind}.f64`), Buffer.from(selectRows(matrix, kept).values.buffer))
    writeFileSync(
      join(folder, `${kind}.y`),
      Uint8Array.from(kept, (r) => y[r]),
    )
    writeFileSync(
      join(folder, `${kind}.held`),
      Uint8Array.from(kept, (r) => (isHeld(group[r]) ? 1 : 0)),
    )
  }
  writeFileSync(join(folder, 'facts.json'), JSON.stringify(facts))
  const run = spawnSync(python, [join(here, 'nets.py'), folder], { encoding: 'utf8', maxBuffer: 1 << 26 })
  if (run.status !== 0) throw new Error(`${python} could not run nets.py: ${run.stderr.slice(-800)}`)
  const theirs = JSON.parse(run.stdout)

  const lines = []
  const inTool = []
  const leftOut = {}
  const onReal = {}
  for (const net of Object.keys(NETS)) {
    const data = sets[kindOf(net)]
    const own = SEEDS.map((seed) => fit(net, data, (r) => !isHeld(data.group[r]), seed))
    const all = own.map(({ model }) => judge(model, data, (r) => isHeld(data.group[r])))
    const of = (figure) => mean(all.map((one) => one[figure]))
    inTool.push({
      ...{ net, rows: own[0].rows, f: of('f'), precision: of('precision'), recall: of('recall'), fpr: of('fpr') },
      ...{ fBySeed: all.map(({ f }) => f), theirs: mean(theirs[net].f), theirsBySeed: theirs[net].f },
      ...{ rowsASecond: Math.max(...own.map((one) => one.rowsASecond)), theirRowsASecond: theirs[net].rowsASecond },
    })
    const tools = new Map(data.tool.map((tool) => [tool, 0]))
    for (const tool of tools.keys()) {
      if (tool === 'benign') continue
      const style = STYLES.find((name) => tool.toLowerCase().replace(' exfil', '') === name) ?? tool
      const { model } = fit(net, data, (r) => !isHeld(data.group[r]) && data.tool[r] !== tool)
      leftOut[style] ??= []
      leftOut[style].push(
        judge(model, data, (r) => isHeld(data.group[r]) && (data.tool[r] === tool || data.tool[r] === 'benign')),
      )
    }
    const whole = fit(net, data, () => true)
    const lab = captures[kindOf(net)]
    for (const tool of new Set(lab.tool)) {
      onReal[tool] ??= []
      onReal[tool].push({
        rows: lab.tool.filter((name) => name === tool).length,
        ...judge(whole.model, lab, (r) => lab.tool[r] === tool),
      })
    }
    process.stderr.write(`${net}: done\n`)
  }
  const leaks = audit()
  const meaningless = shuffledTargets(sets.packets)
  const { y } = sets.packets
  const attack = y.reduce((sum, value) => sum + value, 0)
  lines.push(
    '# Nets over octets',
    '',
    'What the packet nets of the original find, trained without its leaks: `node bench/reference/nets.mjs PYTHON`.',
    '',
    `Data: ${y.length.toLocaleString('en-US')} queries that \`wakeful lab generate\` made, ${attack.toLocaleString('en-US')} of them of ${STYLES.length} tools and encodings (8 transfers each, seeds 1 to 9), the others benign (seed 99); header, EDNS, TTL and the registered domain are no part of a row. Held out: ${100 * HELD_SHARE} % of the domains, so of whole transfers. Malicious is the positive class, the line is even odds. The LSTM learns every ${LSTM_SHARE}th row.`,
    '',
    '## Each tool in training',
    '',
    ...heading([
      'net',
      'rows learned',
      'F',
      'precision',
      'recall',
      'false of benign',
      'F in PyTorch',
      'rows/s',
      'of PyTorch’s',
    ]),
    ...inTool.map((of) =>
      row([
        of.net,
        of.rows.toLocaleString('en-US'),
        ...[of.f, of.precision, of.recall, of.fpr, of.theirs].map(share),
        Math.round(of.rowsASecond).toLocaleString('en-US'),
        `${(of.rowsASecond / of.theirRowsASecond).toFixed(2)}x`,
      ]),
    ),
    '',
    `Means of ${SEEDS.length} seeds. PyTorch on the same rows and split, drawn from the same ranges, with as many passes of as many rows, one thread; rows a CPU second of the faster run. Each seed by itself: \`bench/reference/nets.json\`.`,
    '',
    '## Each tool left out',
    '',
    'Recall on the tool that no row of training is of.',
    '',
    ...heading(['left out', ...Object.keys(NETS)]),
    ...Object.entries(leftOut).map(([style, found]) => row([style, ...found.map(({ recall }) => share(recall))])),
    '',
    '## Generated to real',
    '',
    'Trained on all that was generated, judged on the captures of real tools in `data/lab`: recall, and of benign rows the share called malicious.',
    '',
    ...heading(['captures', 'queries', ...Object.keys(NETS)]),
    ...Object.entries(onReal).map(([tool, found]) =>
      row([
        tool,
        found[0].rows.toLocaleString('en-US'),
        ...found.map(({ recall, fpr }) => share(tool === 'benign' ? fpr : recall)),
      ]),
    ),
  )
  lines.push(
    '',
    '## What generated traffic gives away',
    '',
    `Area under the ROC curve of one number against the class, ${leaks.rows.toLocaleString('en-US')} exchanges of a mixed capture (four styles, seed 7). What is incidental is held to .4 to .6 by a test; what a transfer does is printed.`,
    '',
    ...heading(['incidental', 'AUC']),
    ...leaks.incidental.map(([name, value]) => row([name, share(value)])),
    '',
    ...heading(['meant', 'AUC']),
    ...leaks.meant.map(([name, value]) => row([name, share(value)])),
    '',
    `Shuffled targets: the fully connected net foretells ${share(mean(meaningless))} (mean of ${meaningless.length}, ${share(Math.min(...meaningless))} to ${share(Math.max(...meaningless))}).`,
  )
  writeFileSync(join(here, 'nets.json'), `${JSON.stringify({ seeds: SEEDS, inTool }, null, 2)}\n`)
  process.stdout.write(`${lines.join('\n')}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
