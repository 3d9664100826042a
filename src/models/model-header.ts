import type { Section } from './array-sections.ts'
import { demand, type SavedModel } from './model.ts'

export interface FeatureColumn {
  readonly name: string
  /** As in `bits`, `octets` or `ratio`. */
  readonly unit: string
}

/** A line drawn on the score, and what it costs. */
export interface Threshold {
  readonly name: string
  readonly value: number
  /** Share of what `basis` counts (benign rows, benign domains) beyond the line when it was drawn. */
  readonly falseAlarmRate: number
  readonly basis: string
}

/** A model file's first line, checked. */
export interface ModelHeader {
  readonly kind: string
  readonly features: readonly FeatureColumn[]
  readonly parameters: SavedModel['parameters']
  readonly calibration?: { readonly kind: string; readonly parameters: SavedModel['parameters'] }
  readonly thresholds: readonly Threshold[]
  readonly manifestHash: string
  readonly seed: number
  readonly plan: string
  readonly metrics: Readonly<Record<string, number>>
  readonly sections: readonly Section[]
}

const TEXT_MAX = 4000

type Fields = Record<string, unknown>

/** Reads the header line, or throws one sentence that names the field at fault. */
export function readHeader(json: string): ModelHeader {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    demand(false, 'The model file’s header is not JSON.')
  }
  const header = fields(value, 'header')
  const training = fields(header.training, 'training')
  const calibration = header.calibration === null ? undefined : fields(header.calibration, 'calibration')
  const found: ModelHeader = {
    kind: text(header.kind, 'kind'),
    features: unique(
      list(header.features, 'features').map((f) => ({ name: text(f.name, 'name'), unit: text(f.unit, 'unit') })),
    ),
    parameters: scalars(header.parameters, 'parameters'),
    thresholds: list(header.thresholds, 'thresholds').map((t) => ({
      name: text(t.name, 'name'),
      value: number(t.value, 'value'),
      falseAlarmRate: number(t.falseAlarmRate, 'falseAlarmRate'),
      basis: text(t.basis, 'basis'),
    })),
    manifestHash: text(training.manifestHash, 'manifestHash'),
    seed: number(training.seed, 'seed'),
    // Files of the first program have none.
    plan: training.plan === undefined ? '' : text(training.plan, 'plan'),
    metrics: numbers(header.metrics, 'metrics'),
    sections: unique(
      list(header.arrays, 'arrays').map((a) => ({
        name: text(a.name, 'name'),
        type: text(a.type, 'type'),
        length: count(a.length, 'length'),
      })),
    ),
  }
  if (calibration === undefined) return found
  const parameters = scalars(calibration.parameters, 'parameters')
  return { ...found, calibration: { kind: text(calibration.kind, 'kind'), parameters } }
}

function fields(value: unknown, name: string): Fields {
  demand(typeof value === 'object' && value !== null && !Array.isArray(value), wrong(name))
  return value as Fields
}

function list(value: unknown, name: string): Fields[] {
  demand(Array.isArray(value) && value.length <= 10_000, wrong(name))
  return value.map((entry) => fields(entry, name))
}

function unique<T extends { readonly name: string }>(entries: T[]): T[] {
  demand(new Set(entries.map(({ name }) => name)).size === entries.length, wrong('list of names'))
  return entries
}

function text(value: unknown, name: string): string {
  demand(typeof value === 'string' && value.length <= TEXT_MAX, wrong(name))
  return value
}

function number(value: unknown, name: string): number {
  demand(typeof value === 'number' && Number.isFinite(value), wrong(name))
  return value
}

function count(value: unknown, name: string): number {
  demand(Number.isSafeInteger(value) && (value as number) >= 0, wrong(name))
  return value as number
}

function numbers(value: unknown, name: string): Record<string, number> {
  const entries = Object.entries(fields(value, name))
  return Object.fromEntries(entries.map(([key, entry]) => [key, number(entry, name)]))
}

function scalars(value: unknown, name: string): Record<string, number | string | boolean> {
  const entries = Object.entries(fields(value, name))
  return Object.fromEntries(
    entries.map(([key, entry]) => [
      key,
      typeof entry === 'string' || typeof entry === 'boolean' ? entry : number(entry, name),
    ]),
  )
}

function wrong(name: string): string {
  return `The model file’s header has no valid ${name}.`
}
