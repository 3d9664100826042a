import type { DataSet } from '../datasets/data-set.ts'
import { type Table, tableOf } from '../datasets/table.ts'
import { PREQUENTIAL_DEFAULTS, runPrequential } from '../evaluate/prequential/prequential.ts'
import type { StreamEvaluation } from '../evaluate/prequential/result.ts'
import { type Order, orderRows, StreamError, tableStream } from '../evaluate/prequential/table-stream.ts'
import type { WarmUp } from '../evaluate/prequential/warm-up.ts'
import { selectRows } from '../models/matrix.ts'
import { filedPlan } from '../training/filed-model.ts'
import { EXIT, ExitError } from './exit.ts'
import { withLabelled } from './labelled-data.ts'
import type { PlanOptions } from './plan-options.ts'
import { durationWords } from './quantities.ts'
import { readModel } from './read-model.ts'
import { isLearnerName, type StaticModel, streamEntries } from './stream-arms.ts'
import type { StreamOptions } from './stream-options.ts'
import { streamRows } from './stream-rows.ts'

const WARM_UP_ROWS = 10_000

/** Models that go on learning against models that do not, on one stream, each row scored before its label is known. */
export async function evaluateStream(options: StreamOptions & PlanOptions): Promise<StreamEvaluation> {
  const { stream, dynamic = [], static: statics = [], window, seed } = options
  if (dynamic.length + statics.length === 0) {
    throw new ExitError(EXIT.usage, 'Say who judges the stream: --dynamic names learners, --static model files.')
  }
  const models = statics.map((name): StaticModel => (isLearnerName(name) ? { name } : { name, file: readModel(name) }))
  return await withLabelled(async () => {
    const set = await streamRows(stream, { ...options, profile: profileOf(models) ?? options.profile })
    const table = tableOf(set, { arm: options.arm, texts: readsTexts(models, options) })
    const { ordered, order, warmUpRows } = placed(set, table, options)
    const warmUp = warmUpOf(table, ordered.rows.subarray(0, warmUpRows))
    const entries = streamEntries(table, warmUp, models, options)
    const result = await runPrequential(tableStream(stream.join(', '), table, ordered, warmUpRows), entries, {
      ...PREQUENTIAL_DEFAULTS,
      ...{ windowRows: window, labelDelayMs: options.labelDelay, labelBudget: options.labelBudget },
      ...{ limit: options.fpr, seed },
    })
    return {
      title: `${[...dynamic, ...statics].join(', ')} on a stream of ${set.kind}`,
      facts: factsOf(set, table, options, { order, warmUpRows, untimed: ordered.untimed }),
      result,
      limit: options.fpr,
    }
  })
}

/** The rows in their order, and how many of them are warm-up; there must be rows left to judge. */
function placed(set: DataSet, table: Table, options: StreamOptions & PlanOptions) {
  const { seed, rate, warmup: warmUpRows = WARM_UP_ROWS } = options
  const order: Order = options.order ?? (set.kind === 'queries' ? 'time' : 'file')
  try {
    const ordered = orderRows(table, order, { seed, rowsPerSecond: rate })
    if (warmUpRows < ordered.rows.length) return { ordered, order, warmUpRows }
    throw new StreamError(
      `The stream has ${ordered.rows.length} rows and the warm-up takes ${warmUpRows}, so none is left to judge: take a shorter --warmup.`,
    )
  } catch (error) {
    if (!(error instanceof StreamError)) throw error
    throw new ExitError(EXIT.nothingRead, error.message, { cause: error })
  }
}

function warmUpOf(table: Table, rows: Int32Array): WarmUp {
  return { matrix: selectRows(table.matrix, rows), y: Float64Array.from(rows, (row) => table.y[row]) }
}

/** How name tables are described: as the first model file was trained, where there is one. */
function profileOf(models: readonly StaticModel[]) {
  return models.flatMap((one) => ('file' in one && one.file.plan ? [filedPlan(one.file).data.profile] : []))[0]
}

/** Whether texts stand beside the numbers as codes: where something encodes them before a model reads them. */
function readsTexts(models: readonly StaticModel[], { prepare }: PlanOptions): boolean {
  const steps = models.flatMap((one) =>
    'file' in one && one.file.plan ? filedPlan(one.file).plan.preparations : prepare,
  )
  return steps.some((step) => step.startsWith('encode-'))
}

function factsOf(
  { y, malformed }: DataSet,
  table: Table,
  { window, labelDelay, labelBudget, rate, seed }: StreamOptions & PlanOptions,
  { order, warmUpRows, untimed }: { order: Order; warmUpRows: number; untimed: number },
): StreamEvaluation['facts'] {
  const leftOut = Object.entries(malformed).map(([reason, count]) => `${reason} ${count}`)
  return [
    ['rows read', y.length.toLocaleString('en-US')],
    ...(leftOut.length > 0 ? [['left out', leftOut.join(', ')] as const] : []),
    ...told('rows without an answer, left out', y.length - table.y.length),
    ...told('rows without a time, left out', untimed),
    ['order', order === 'time' ? 'time' : `${order}, ${rate} a second`],
    ['warm-up', `${warmUpRows.toLocaleString('en-US')} rows`],
    ['window', `${window.toLocaleString('en-US')} rows`],
    ['label delay', durationWords(labelDelay)],
    ['label budget', `${100 * labelBudget} %`],
    ['seed', String(seed)],
  ]
}

function told(what: string, count: number): StreamEvaluation['facts'] {
  return count > 0 ? [[what, count.toLocaleString('en-US')]] : []
}
