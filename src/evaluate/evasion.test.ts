import { expect, test } from 'vitest'
import { DnsBatch, MARK, VANTAGE } from '../batch/dns-batch.ts'
import { type Asked, hexNames, temporaryFolder, writeLog, writeManifest } from '../datasets/manifest.testing.ts'
import { readManifest } from '../datasets/manifest.ts'
import { untrainedModel } from '../datasets/untrained-model.ts'
import { countLabels, NAME_OCTETS_MAX, parseName } from '../dns/name.ts'
import { DEFAULT_THRESHOLDS } from '../training/lines.ts'
import { type EvasionEvaluation, type EvasionLab, evaluateEvasion } from './evasion.ts'
import { measureStaged } from './evasion-measure.ts'
import { misses } from './evasion-misses.ts'
import { evasionSections } from './evasion-sections.ts'
import type { Staged } from './evasion-staged.ts'
import { renderReport } from './render.ts'

// Accounts alone: what is tested is the measuring, not what a model knows.
const model = untrainedModel(DEFAULT_THRESHOLDS)

/** Rows of a list of questions; those under the domain leak ten octets of payload each. */
function staged(asked: readonly Asked[], domain = 'evil.example'): Staged {
  const batch = new DnsBatch(asked.length)
  const wire = new Uint8Array(NAME_OCTETS_MAX + 1)
  const heard = new Set<string>()
  const leaked = []
  for (const { second, name } of asked) {
    const row = batch.addRow()
    const length = parseName(name, wire, 0)
    batch.timeMs[row] = second * 1000
    batch.setName(row, wire, 0, length, countLabels(wire, 0, length))
    batch.client[row * 16 + 15] = 5
    batch.vantage[row] = VANTAGE.clientSide
    batch.marks[row] = MARK.query | MARK.hasClient
    if (!name.endsWith(domain)) continue
    const prefixOctets = heard.has(name) ? 0 : name.length - domain.length - 1
    heard.add(name)
    leaked.push({ timeMs: second * 1000, prefixOctets, payloadOctets: 10 })
  }
  async function* read() {
    yield batch
  }
  return { source: { name: 'staged', timed: true, read }, domains: [domain], leaked }
}

const tunnel = hexNames(60, 40, 'evil.example', '10.0.0.5')
const repeats = tunnel.map(({ second, client }) => ({ second, client, name: tunnel[0].name }))

test('tells what had left with the question that raised the alert', async () => {
  const outcome = await measureStaged(staged(tunnel), model)
  const queries = outcome.before.queries
  expect(queries).toBeGreaterThan(13)
  expect(queries).toBeLessThanOrEqual(26)
  expect(outcome.before).toEqual({ queries, names: queries, prefixOctets: queries * 40, payloadOctets: queries * 10 })
  expect(outcome).toMatchObject({ alertMs: (1000 + queries - 1) * 1000, detectors: ['account'], outside: [] })
  expect(outcome.accountOctets).toBeGreaterThan(512)
})

test('tells all that left where there is no alert', async () => {
  const outcome = await measureStaged(staged(repeats), model)
  const before = { queries: 60, names: 1, prefixOctets: 40, payloadOctets: 600 }
  expect(outcome).toMatchObject({ alertMs: null, accountOctets: null, before, detectors: [] })
})

test('an alert on anything else is outside', async () => {
  const stray = hexNames(60, 40, 'stray.example', '10.0.0.6')
  const outcome = await measureStaged(staged([...repeats, ...stray].sort((a, b) => a.second - b.second)), model)
  expect(outcome).toMatchObject({ alertMs: null, outside: ['stray.example'] })
})

test('reports every part, and says why something was missed', async () => {
  const folder = temporaryFolder()
  writeLog(folder, 'tunnel.log', tunnel)
  writeLog(folder, 'quiet.log', [{ second: 1, client: '10.0.0.7', name: 'www.quiet.example' }])
  const rows = readManifest(
    writeManifest(folder, [
      'tunnel.log,zeek,attack,iodine,lab,dev,tunnel,evil.example',
      'quiet.log,zeek,benign,home,net,dev,quiet,',
    ]),
  )
  const evaluation = await evaluateEvasion(rows, model, toyLab)
  expect(evaluation.captures.map(({ transform, file, alertMs }) => [transform, file, alertMs !== null])).toEqual([
    ['as-it-is', 'tunnel.log', true],
    ['once', 'tunnel.log', false],
  ])
  expect(evaluation.leaks).toEqual([
    expect.objectContaining({ encoder: 'slow', day: 2, payloadOctets: expect.any(Number), detectors: ['account'] }),
  ])
  expect(evaluation.leaks[0].wholeMs).toBe(evaluation.leaks[0].alertMs)
  expect(said(evaluation)).toEqual([
    ['once: tunnel.log', 'no alert', expect.stringMatching(/^Nothing reached its line\. Nearest: account at 0\.\d\d/)],
    [
      'where the client asks nothing else: again (random)',
      'no alert in 600 payload octets',
      expect.stringContaining('Letter case carries the payload'),
    ],
    ['honest look-ups: noise', 'alert', expect.any(String)],
  ])
  const printed = renderReport(evasionSections(evaluation), 'markdown')
  expect(printed).toContain('| once | One name. | 0/1 | - | - | - | - | - |')
  expect(printed).toMatch(/\| slow \| once \| 0 \| 2 \| \d+ \| account \| the same \|/)
  for (const line of renderReport(evasionSections(evaluation), 'ndjson').trim().split('\n')) {
    expect(JSON.parse(line)).toMatchObject({ kind: 'evaluation', section: expect.stringMatching(/^evasion-/) })
  }
})

function said(evaluation: EvasionEvaluation): string[][] {
  return misses(evaluation).map(({ what, how, why }) => [what, how, why])
}

const toyLab: EvasionLab = {
  transforms: [
    {
      name: 'as-it-is',
      description: 'As it is.',
      stage: (source) => ({ source, domains: ['evil.example'], leaked: staged(tunnel).leaked }),
    },
    { name: 'once', description: 'One name.', stage: () => staged(repeats) },
  ],
  encodingScenes: [
    {
      name: 'again',
      description: 'The same again.',
      payload: 'random',
      answered: true,
      ordinary: 0,
      packedOctets: (octets) => octets,
      stage: () => staged(repeats),
    },
  ],
  lookupScenes: [
    { name: 'noise', description: 'Noise.', stage: () => ({ ...staged(tunnel), domains: [], leaked: [] }) },
  ],
  slowLeakScenes: [
    {
      name: 'slow',
      description: 'In two pieces.',
      ordinaryADay: 0,
      asks: 1,
      startMs: 1_000_000,
      stage: () => staged(tunnel),
      stageByDay: () => [staged(tunnel.slice(0, 10)), staged(tunnel.slice(10))],
    },
  ],
}
