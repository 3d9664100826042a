import { type Section, sectionOf } from '../evaluate/section.ts'
import type { Tuning } from '../learn/tuning/tune.ts'
import type { ModelFile } from '../models/model-file.ts'
import { PreparedModel } from '../models/prepared-model.ts'
import { printable } from '../sinks/printable.ts'

const digits = (value: number) => (Number.isNaN(value) ? 'none' : Number(value.toPrecision(6)).toString())

/** Everything a model file says of itself. */
export function modelSections(file: ModelFile): Section[] {
  const facts: [string, string][] = [
    ['kind', innerKind(file)],
    ['features', String(file.features.length)],
    ['calibration', file.calibrator?.kind ?? 'none'],
    ['seed', String(file.seed)],
    ['training rows (hash)', file.manifestHash || 'none'],
    ['plan', file.plan || 'none'],
    ['sha256', file.sha256 ?? 'not written yet'],
    ...Object.entries(file.metrics).map(([name, value]): [string, string] => [name, digits(value)]),
  ]
  return [
    sectionOf(
      { name: 'model', title: 'model', notes: [] },
      facts.map(([what, value]) => ({ what, value })),
      [
        { title: 'what', cell: ({ what }) => printable(what) },
        { title: 'value', cell: ({ value }) => printable(value) },
      ],
    ),
    sectionOf({ name: 'thresholds', title: 'lines', notes: [] }, file.thresholds, [
      { title: 'line', cell: ({ name }) => printable(name) },
      { title: 'margin', numeric: true, cell: ({ value }) => digits(value) },
      { title: 'false alarms', numeric: true, cell: ({ falseAlarmRate }) => digits(falseAlarmRate) },
      { title: 'counted on', cell: ({ basis }) => printable(basis) },
    ]),
    sectionOf({ name: 'features', title: 'features', notes: [] }, weighed(file), [
      { title: 'feature', cell: ({ name }) => printable(name) },
      { title: 'unit', cell: ({ unit }) => printable(unit) },
      { title: 'importance', numeric: true, cell: ({ importance }) => importance },
    ]),
  ]
}

/** Every trial of a search, in the order they were made. */
export function trialSection({ trials, best }: Tuning): Section {
  return sectionOf({ name: 'trials', title: 'trials', notes: [] }, trials, [
    { title: 'parameters', cell: ({ parameters }) => printable(JSON.stringify(parameters)) },
    { title: 'mean', numeric: true, cell: ({ mean }) => digits(mean) },
    { title: 'deviation', numeric: true, cell: ({ deviation }) => digits(deviation) },
    { title: '', cell: (trial) => (trial === best ? 'best' : '') },
  ])
}

/** The kind, with what stands inside a model that prepares its rows. */
export function innerKind({ model }: ModelFile): string {
  return model instanceof PreparedModel ? `${model.kind}: ${model.inner.kind}` : model.kind
}

function weighed({ features, model }: ModelFile): { name: string; unit: string; importance: string }[] {
  const whole = model instanceof PreparedModel ? model : undefined
  const scored = whole ? whole.inner : model
  const importance = 'importance' in scored ? (scored.importance as Float64Array) : undefined
  const total = importance?.reduce((sum, value) => sum + value, 0) ?? 0
  return features.map(({ name, unit }, column) => {
    const at = whole ? whole.columns.indexOf(column) : column
    if (at < 0) return { name, unit, importance: 'left out' }
    return { name, unit, importance: importance && total > 0 ? `${((100 * importance[at]) / total).toFixed(1)} %` : '' }
  })
}
