import type { ArmModel, DetectionModel, Thresholds } from '../detect/detection-model.ts'
import { flatLanguage, type PrefixLanguage } from '../detect/name-code.ts'

const SILENT: ArmModel = { logLikelihoodRatio: () => 0 }
const UNIFORM = flatLanguage(Math.log2(257))

/** A model that knows a language (or none) and never alerts by evidence: for collecting rows to train on. */
export function untrainedModel(thresholds: Thresholds, language: PrefixLanguage = UNIFORM): DetectionModel {
  return {
    version: 'untrained',
    language,
    arms: { names: SILENT, answers: SILENT },
    thresholds,
    fusion: { base: 0, weights: [0, 0, 0, 0] },
    sides: [],
    typical: {},
  }
}
