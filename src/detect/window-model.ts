import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { windowFeatures, windowRow } from '../features/window/index.ts'
import type { WindowTally } from '../features/window/window-tally.ts'
import type { Calibrator } from '../models/calibrator.ts'
import { GradientBoosting } from '../models/gradient-boosting.ts'
import { IsolationForest } from '../models/isolation-forest.ts'
import { ModelFileError } from '../models/model.ts'
import { decodeModel } from '../models/model-file.ts'
import { shippedModelFolder } from './load-detection-model.ts'

/** Files of the window model, in the folder of a detection model. */
export const WINDOW_FILES = { trees: 'window.model', forest: 'window-forest.model' } as const

const TERMS_SHOWN = 5

/** The window model (DESIGN.md 6, L2): what a domain did as a whole. It ranks and explains, and never alerts. */
export interface WindowModel {
  readonly trees: GradientBoosting
  readonly calibrator: Calibrator
  /** Fitted to benign domains alone: how odd, whatever a tunnel looks like. */
  readonly forest: IsolationForest
}

/** What the window model says of a domain. */
export interface WindowReading {
  /** Log-likelihood ratio in nats, tunnel over benign domain. */
  readonly evidence: number
  /** How many questions sooner than an ordinary benign domain it stands alone; below 0 it is ordinary. */
  readonly oddness: number
  /** What moved the trees most, in their own log-odds. */
  readonly terms: readonly { readonly feature: string; readonly value: number; readonly contribution: number }[]
}

/**
 * Loads the window model of a model folder, the shipped one by default and where one file was named; undefined where a
 * folder has none, as those of earlier versions.
 */
export function loadWindowModel(path: string = shippedModelFolder()): WindowModel | undefined {
  const folder = statSync(path, { throwIfNoEntry: false })?.isFile() ? shippedModelFolder() : path
  const [trees, forest] = [WINDOW_FILES.trees, WINDOW_FILES.forest].map((name) => join(folder, name))
  if (!existsSync(trees) || !existsSync(forest)) return undefined
  const featureNames = windowFeatures.map(({ name }) => name)
  const { model, calibrator } = decodeModel(readFileSync(trees), { kind: GradientBoosting.kind, featureNames })
  if (!calibrator) throw new ModelFileError(`The model file ${trees} has no calibration.`)
  const odd = decodeModel(readFileSync(forest), { kind: IsolationForest.kind, featureNames })
  return { trees: model as GradientBoosting, calibrator, forest: odd.model as IsolationForest }
}

/** Reads a domain's window. */
export function readWindow({ trees, calibrator, forest }: WindowModel, tally: WindowTally): WindowReading {
  const row = windowRow(tally)
  const terms = new Float64Array(row.length)
  trees.contributions(row, 0, terms)
  return {
    evidence: calibrator.logLikelihoodRatio(trees.scoreOne(row)),
    oddness: forest.scoreOne(row),
    terms: windowFeatures
      .map(({ name }, i) => ({ feature: name, value: row[i], contribution: terms[i] }))
      .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
      .slice(0, TERMS_SHOWN),
  }
}
