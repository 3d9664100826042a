import { DATA_KINDS, type DataKind } from '../datasets/data-set.ts'
import { PROFILES, type ProfileName } from '../datasets/row-profile.ts'
import type { QueryArm } from '../features/query/index.ts'
import type { Plan, SelectionPlan } from '../learn/plan.ts'
import { REBALANCINGS } from '../learn/rebalance.ts'
import type { ParameterValue } from '../learn/tuning/space.ts'
import { demand } from '../models/model.ts'

export const CALIBRATIONS = ['platt', 'isotonic', 'none'] as const
export type Calibration = (typeof CALIBRATIONS)[number]
export const ARMS: readonly QueryArm[] = ['names', 'answers']

/** Which of the labelled rows a model reads, and by which features. */
export interface DataPlan {
  readonly kind: DataKind
  /** Of name tables. */
  readonly profile: ProfileName
  /** Of novel exchanges. */
  readonly arm: QueryArm
}

/** All that is done from labelled inputs to a model file; with the inputs and the seed it makes the same file again. */
export interface ModelPlan {
  readonly data: DataPlan
  readonly plan: Plan
  readonly calibration: Calibration
}

/** The plan as a model file keeps it: one line of JSON. */
export function encodePlan({ data, plan, calibration }: ModelPlan): string {
  return JSON.stringify({ ...data, ...plan, calibration })
}

/** Reads what {@link encodePlan} wrote, believing nothing; throws a `ModelFileError`. Names are looked up when used. */
export function decodePlan(text: string): ModelPlan {
  const { kind, profile, arm, calibration, ...plan } = fieldsOf(text)
  const { learner, parameters, preparations, rebalancing, selection } = plan
  const sound =
    isOneOf(DATA_KINDS, kind) &&
    isOneOf(PROFILES, profile) &&
    isOneOf(ARMS, arm) &&
    isOneOf(CALIBRATIONS, calibration) &&
    typeof learner === 'string' &&
    isScalars(parameters) &&
    Array.isArray(preparations) &&
    preparations.every((step) => typeof step === 'string') &&
    isOneOf([...REBALANCINGS, 'none'], rebalancing) &&
    (selection === null || isSelection(selection))
  demand(sound, 'The plan that the model was trained by is not one; train the model again.')
  return {
    data: { kind, profile, arm } as DataPlan,
    plan: { learner, parameters, preparations, rebalancing, selection } as Plan,
    calibration: calibration as Calibration,
  }
}

function fieldsOf(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    demand(false, 'The plan that the model was trained by is not JSON; train the model again.')
  }
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function isOneOf(known: readonly string[], value: unknown): boolean {
  return known.some((one) => one === value)
}

function isScalars(value: unknown): value is Record<string, ParameterValue> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.values(value).every((entry) => ['number', 'string', 'boolean'].includes(typeof entry))
}

function isSelection(value: unknown): value is SelectionPlan {
  const { method, metric, count } = (value ?? {}) as Partial<SelectionPlan>
  return typeof method === 'string' && typeof metric === 'string' && Number.isSafeInteger(count) && count! > 0
}
