import { type DomainReading, readDomains, sideRatio } from '../datasets/domain-readings.ts'
import type { ManifestRow } from '../datasets/manifest.ts'
import { toolOf } from '../datasets/tools.ts'
import { DETECTORS } from '../detect/decide-domain.ts'
import type { DetectionModel, FusionWeights } from '../detect/detection-model.ts'
import { fuse } from '../detect/fusion.ts'
import { rankScores } from '../metrics/ranked-scores.ts'
import { areaUnderRoc } from '../metrics/roc.ts'
import { type Progress, timedRows } from './evaluate-scan.ts'

/** What fusing costs and brings, by area under the ROC curve over domains. */
export interface FusionResult {
  /** The tool that nothing was trained on; undefined for the held-out captures of all. */
  readonly leftOut: string | undefined
  readonly model: string
  readonly attackDomains: number
  readonly benignDomains: number
  /** Of each detector by itself, side detectors behind the four. */
  readonly alone: Readonly<Record<string, number>>
  /** Of the score fused from the four, from the four with each side detector, and from all. */
  readonly fused: Readonly<Record<string, number>>
}

/** Training, handed in because it stands above evaluation. */
export interface FusionTrainer {
  /** A model from all train rows, or from those that are not of a tool. */
  train(tool: string | undefined): Promise<DetectionModel>
  fit(readings: readonly DomainReading[], sides: readonly string[]): FusionWeights
}

/**
 * How well domains are ranked by each detector and by scores fused from them: on the dev captures, and on all captures of each tool by a
 * model trained without it. Benign domains are those of dev rows. Every fusion is fitted on the rows that trained the model. Domains of
 * a tunnel that earned no state of their own count as read at 0, and tunnels without a domain, which clients are judged by, are left out; benign ones that earned none are not counted, which makes every figure
 * lower, as none of them could rank high.
 */
export async function evaluateFusion(
  rows: readonly ManifestRow[],
  trainer: FusionTrainer,
  onProgress: Progress = () => {},
): Promise<FusionResult[]> {
  const timed = timedRows(rows)
  const benign = timed.filter((row) => row.label === 'benign' && row.split === 'dev')
  const tunnels = timed.filter((row) => row.label !== 'benign' && row.domains.length > 0)
  const tools = [...new Set(tunnels.map((row) => toolOf(row.family)))].sort()
  const parts = [undefined, ...tools]
  const results: FusionResult[] = []
  for (const [done, tool] of parts.entries()) {
    onProgress(done, parts.length, tool === undefined ? 'every tool' : `without ${tool}`)
    const model = await trainer.train(tool)
    const isOwn = (row: ManifestRow) => (tool === undefined ? row.split === 'dev' : toolOf(row.family) === tool)
    const trained = timed.filter(
      (row) => row.split === 'train' && (row.label === 'benign' || tool === undefined || !isOwn(row)),
    )
    const fittedOn = await readDomains(trained, model)
    const judged = [
      ...(await attackReadings(tunnels.filter(isOwn), model)),
      ...(await readDomains(benign, model)).filter((reading) => !reading.attack),
    ]
    results.push(resultOf(tool, model, judged, (sides) => trainer.fit(fittedOn, sides)))
  }
  return results
}

/** Readings of the tunnels' domains; those without a state of their own are read at 0. */
async function attackReadings(rows: readonly ManifestRow[], model: DetectionModel): Promise<DomainReading[]> {
  const readings: DomainReading[] = []
  for (const row of rows) {
    const found = (await readDomains([row], model)).filter((reading) => reading.attack)
    const absent = row.domains.filter((domain) => domain !== '*' && !found.some((reading) => reading.domain === domain))
    readings.push(...found)
    for (const domain of absent) {
      readings.push({ row, domain, attack: true, ratios: DETECTORS.map(() => 0), sides: [], values: {}, names: 0 })
    }
  }
  return readings
}

function resultOf(
  leftOut: string | undefined,
  model: DetectionModel,
  judged: readonly DomainReading[],
  fit: (sides: readonly string[]) => FusionWeights,
): FusionResult {
  const y = judged.map((reading) => (reading.attack ? 1 : 0))
  const auc = (score: (reading: DomainReading) => number) => areaUnderRoc(rankScores(judged.map(score), y))
  const sides = model.sides.map(({ name }) => name)
  const alone: Record<string, number> = {}
  DETECTORS.forEach((name, i) => {
    alone[name] = auc((reading) => reading.ratios[i])
  })
  for (const name of sides) alone[name] = auc((reading) => sideRatio(reading, name))
  const fused: Record<string, number> = {}
  for (const used of [[], ...sides.map((name) => [name]), ...(sides.length > 1 ? [sides] : [])]) {
    const weights = fit(used)
    fused[fusedName(used)] = auc((reading) => fuse(weights, reading.ratios, reading.sides).score)
  }
  const attackDomains = y.filter((label) => label === 1).length
  return { leftOut, model: model.version, attackDomains, benignDomains: y.length - attackDomains, alone, fused }
}

/** How the fused score of the four and some side detectors is called. */
export function fusedName(sides: readonly string[]): string {
  return ['fused', ...sides].join(' + ')
}
