import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readDomains } from '../datasets/domain-readings.ts'
import { isLeftOut, type LeftOut } from '../datasets/left-out.ts'
import { type ManifestRow, readManifest } from '../datasets/manifest.ts'
import { manifestHash } from '../datasets/manifest-hash.ts'
import type { DetectionModel, Thresholds } from '../detect/detection-model.ts'
import { withFlows } from '../detect/flows/flow-detector.ts'
import { type DetectionFile, loadDetectionModel, MODEL_FILES, SIDE_FILES } from '../detect/load-detection-model.ts'
import { WINDOW_FILES } from '../detect/window-model.ts'
import { armFeatures, type QueryArm } from '../features/query/index.ts'
import { windowFeatures } from '../features/window/index.ts'
import { replaceFile } from '../files/replace-file.ts'
import { encodeModel } from '../models/model-file.ts'
import { collectExchanges } from './collect-exchanges.ts'
import { type LanguageModels, trainLanguage } from './collect-names.ts'
import { fitFusion, typicalRanges } from './fit-fusion.ts'
import { DEFAULT_THRESHOLDS } from './lines.ts'
import { type TrainedArm, trainArm } from './train-arm.ts'
import { type PacketNet, trainPacketNet } from './train-packet-net.ts'
import { type TrainedWindow, trainWindowModel } from './train-window-model.ts'

/** How a detection model is trained. */
export interface TrainOptions {
  readonly manifests: readonly string[]
  readonly out: string
  readonly seed: number
  /** Rows left out of training, for figures on a tool or a network that no model saw. */
  readonly leaveOut?: LeftOut
  /** A net over octets beside the query model, whose score the fusion weighs too. */
  readonly packets?: PacketNet | undefined
  /** Whether the fusion weighs the shape of flows too. */
  readonly flows?: boolean
  /** One line of progress. */
  log(line: string): void
}

/** Trains every learned part from the manifests' train rows and writes the model folder. Dev rows train nothing. */
export async function trainDetection(options: TrainOptions): Promise<DetectionModel> {
  const { leaveOut = {} } = options
  const rows = options.manifests
    .flatMap((path) => readManifest(path))
    .filter((row) => row.split === 'train' && !isLeftOut(row, leaveOut))
  const trainedOn = manifestHash(rows)
  const thresholds = DEFAULT_THRESHOLDS
  mkdirSync(options.out, { recursive: true })

  const language = await trainLanguage(
    rows.filter((row) => row.label === 'benign' || row.format === 'loshmii'),
    thresholds,
  )
  options.log(`language model: ${language.prefixes} benign prefixes, ${language.all.contexts} contexts`)
  const exchanges = await collectExchanges(rows, language, thresholds)
  const arms = (['names', 'answers'] as const).map((arm) => trainArm(exchanges, arm, options.seed))
  for (const arm of arms) options.log(describeArm(arm))
  writeModels(options.out, language, arms, trainedOn, options.seed)
  await writePacketNet(rows, options, { language: language.all, thresholds }, trainedOn)

  const file: DetectionFile = {
    formatVersion: 1,
    version: hashFiles(options.out, thresholds),
    thresholds,
    fusion: { base: 0, weights: [0, 0, 0, 0] },
    typical: {},
    trainedOn: {
      manifestHash: trainedOn,
      rows: String(rows.length),
      seed: String(options.seed),
      leftOut: [leaveOut.tool ?? [], leaveOut.networks ?? []].flat().join(', ') || 'none',
    },
  }
  replaceFile(join(options.out, MODEL_FILES.detection), JSON.stringify(file, null, 2))
  // Whatever the shipped file weighs: what flows would be worth is learned where somebody asks.
  const unfused = options.flows ? withFlows(loadDetectionModel(options.out)) : loadDetectionModel(options.out)
  const readings = await readDomains(rows, unfused)
  const fusion = fitFusion(
    readings,
    unfused.sides.map((side) => side.name),
  )
  const fused = { ...file, fusion, typical: typicalRanges(readings) }
  replaceFile(join(options.out, MODEL_FILES.detection), `${JSON.stringify(fused, null, 2)}\n`)
  const model = options.flows ? withFlows(loadDetectionModel(options.out)) : loadDetectionModel(options.out)
  const window = await trainWindowModel(rows, model, options.seed)
  options.log(`window model: ${window.windows} domains, ${window.tunnels} of tunnels`)
  writeWindow(options.out, window, trainedOn, options.seed)
  return model
}

/** A net of an earlier training must not stay beside models that know nothing of it. */
async function writePacketNet(
  rows: readonly ManifestRow[],
  options: TrainOptions,
  known: Pick<DetectionModel, 'language' | 'thresholds'>,
  manifestHash: string,
): Promise<void> {
  const { out, packets, seed } = options
  const path = join(out, SIDE_FILES.packets)
  rmSync(path, { force: true })
  if (packets === undefined) return
  const bytes = await trainPacketNet(rows, packets, known, { manifestHash, seed })
  options.log(bytes ? `packet net: ${packets}` : 'packet net: none, as no row is a capture')
  if (bytes) replaceFile(path, bytes)
}

function writeWindow(out: string, window: TrainedWindow, manifestHash: string, seed: number): void {
  const { trees, calibrator, forest, windows, tunnels } = window
  const facts = { features: windowFeatures, thresholds: [], manifestHash, seed, metrics: { windows, tunnels } }
  replaceFile(join(out, WINDOW_FILES.trees), encodeModel({ model: trees, calibrator, ...facts }))
  replaceFile(join(out, WINDOW_FILES.forest), encodeModel({ model: forest, ...facts }))
}

function writeModels(
  out: string,
  language: LanguageModels,
  arms: readonly TrainedArm[],
  trainedOn: string,
  seed: number,
): void {
  const facts = { thresholds: [], manifestHash: trainedOn, seed }
  const metrics = { prefixes: language.prefixes }
  replaceFile(join(out, MODEL_FILES.language), encodeModel({ model: language.all, features: [], metrics, ...facts }))
  for (const { arm, model, calibrator, rows, attackRows } of arms) {
    const bytes = encodeModel({
      model,
      calibrator,
      features: armFeatures(arm),
      metrics: { rows, attackRows },
      ...facts,
    })
    replaceFile(join(out, MODEL_FILES[arm as QueryArm]), bytes)
  }
}

function describeArm({ arm, rows, attackRows, margins, used, calibrator }: TrainedArm): string {
  const benign = [...used.keys()]
    .filter((i) => !used[i].attack && !used[i].list)
    .map((i) => calibrator.logLikelihoodRatio(margins[i]))
  const attack = [...used.keys()].filter((i) => used[i].attack).map((i) => calibrator.logLikelihoodRatio(margins[i]))
  const over = (values: number[]) => values.filter((value) => value > 2).length
  return (
    `${arm} arm: ${rows} exchanges, ${attackRows} of tunnels; held out by group, past a ratio of e^2: ` +
    `${over(attack)}/${attack.length} tunnel, ${over(benign)}/${benign.length} benign traffic`
  )
}

/** Names the model: every learned file and every line is in it, so that a retrained model has another version. */
function hashFiles(out: string, thresholds: Thresholds): string {
  const hash = createHash('sha256').update(JSON.stringify(thresholds))
  for (const name of [MODEL_FILES.language, MODEL_FILES.names, MODEL_FILES.answers, ...Object.values(SIDE_FILES)])
    if (existsSync(join(out, name))) hash.update(readFileSync(join(out, name)))
  return hash.digest('hex').slice(0, 12)
}
