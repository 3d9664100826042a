import { type Command, Option } from 'commander'
import { renderReport } from '../evaluate/render.ts'
import { type Section, sectionOf } from '../evaluate/section.ts'
import { metrics } from '../learn/metric.ts'
import { FOLDS, named, recipeOf } from '../learn/plan.ts'
import { prepare } from '../learn/preparation/prepare.ts'
import { rebalance } from '../learn/rebalance.ts'
import { selectors } from '../learn/selection/index.ts'
import type { FeatureRanking } from '../learn/selection/selector.ts'
import { printable } from '../sinks/printable.ts'
import { planTable, trainingExamples } from '../training/train-model.ts'
import { loadLabelled, oneSet, withLabelled } from './labelled-data.ts'
import { writeOut } from './output.ts'
import { addPlanOptions, countNumber, LEARNERS, METHODS, type PlanOptions, planOf } from './plan-options.ts'

const FORMATS = ['table', 'markdown', 'ndjson'] as const

interface SelectOptions extends PlanOptions {
  readonly manifest: readonly string[]
  readonly method: string
  readonly metric: string
  readonly count: number
  readonly model: string
  readonly format: (typeof FORMATS)[number]
}

const EXAMPLES = `
Examples:
  wakeful select --manifest names.csv --method mutual-information
  wakeful select --manifest M.csv --method sequential --metric recall -k 3
  wakeful select --manifest M.csv --method permutation --model boosting

chi-squared, mutual-information, anova and correlation look at one column at a time. forward (also: sequential) and
backward try sets of columns with a model, permutation and leave-one-out ask what a model loses without a column.
Only rows with split=train are looked at; folds hold whole groups.

Exit: 0 done; 64 wrong usage; 65 no labelled rows; 78 wrong configuration; 1 anything else.`

/** `wakeful select`: which features matter, by a method of choice. */
export function addSelect(command: Command): void {
  addPlanOptions(command)
    .description('Ranks the columns of labelled rows, best first, and says which to take.')
    .requiredOption('--manifest <file...>', 'MANIFEST.csv files, or tables with labels')
    .addOption(
      new Option('--method <method>', 'how to rank').choices([...METHODS, 'sequential']).default('mutual-information'),
    )
    .addOption(
      new Option('--metric <metric>', 'what a model is judged by')
        .choices(metrics.map(({ name }) => name))
        .default('roc-auc'),
    )
    .option('-k, --count <n>', 'columns to choose', countNumber, 10)
    .addOption(new Option('--model <model>', 'model that tries columns').choices(LEARNERS).default('logistic'))
    .addOption(new Option('--format <format>', 'how to print').choices(FORMATS).default('table'))
    .addHelpText('after', EXAMPLES)
    .action(async (options: SelectOptions) => {
      const sections = await withLabelled(() => ranked(options))
      await writeOut([renderReport(sections, options.format)])
    })
}

async function ranked(options: SelectOptions): Promise<Section[]> {
  const { arm, profile, seed, count } = options
  const plan = planOf(options.model, options)
  const set = oneSet((await loadLabelled(options.manifest, options)).sets, options.kind)
  const table = planTable(set, { plan, data: { kind: set.kind, profile, arm } })
  const rows = trainingExamples(table)
  const { preparations, categories = [], rebalancing, fit } = recipeOf(plan, table.categories, seed)
  const columns = Int32Array.from(categories, (name) => table.matrix.names.indexOf(name))
  const { matrix } = prepare(rows.matrix, preparations, { categories: columns, seed })
  const prepared = { ...rows, matrix }
  const examples = rebalancing ? rebalance(prepared, rebalancing, seed) : prepared
  const selector = named(selectors, options.method === 'sequential' ? 'forward' : options.method, 'selection method')
  const metric = named(metrics, options.metric, 'metric')
  const ranking = selector.rank(examples, { count, fit, metric, folds: FOLDS, seed })
  return [section(ranking, table.features, `${selector.name}, ${examples.y.length} rows`)]
}

function section(
  { scores, deviations, order, chosen }: FeatureRanking,
  features: readonly { readonly name: string; readonly unit: string }[],
  title: string,
): Section {
  const rows = Array.from(order, (column, rank) => ({
    rank: rank + 1,
    feature: features[column].name,
    unit: features[column].unit,
    score: scores[column],
    deviation: deviations?.[column] ?? null,
    chosen: chosen.includes(column),
  }))
  return sectionOf({ name: 'selection', title, notes: [] }, rows, [
    { title: 'rank', numeric: true, cell: ({ rank }) => String(rank) },
    { title: 'feature', cell: ({ feature }) => printable(feature) },
    { title: 'unit', cell: ({ unit }) => printable(unit) },
    { title: 'score', numeric: true, cell: ({ score }) => score.toPrecision(5) },
    { title: '+-', numeric: true, cell: ({ deviation }) => deviation?.toPrecision(2) ?? '' },
    { title: 'chosen', cell: (row) => (row.chosen ? 'yes' : '') },
  ])
}
