import { type Command, Option } from 'commander'
import { manifestHash } from '../datasets/manifest-hash.ts'
import { examplesOf } from '../datasets/table.ts'
import { renderReport } from '../evaluate/render.ts'
import { selectExamples } from '../learn/examples.ts'
import { metrics } from '../learn/metric.ts'
import type { Plan } from '../learn/plan.ts'
import type { Tuning } from '../learn/tuning/tune.ts'
import { encodeModel } from '../models/model-file.ts'
import { trainDetection } from '../training/train-detection.ts'
import {
  CALIBRATIONS,
  type Calibration,
  type ModelPlan,
  planTable,
  trainingRows,
  trainModel,
} from '../training/train-model.ts'
import { SEARCHES, type TuningPlan, tunePlan } from '../training/tune-plan.ts'
import { loadLabelled, oneSet, withLabelled } from './labelled-data.ts'
import { modelSections, trialSection } from './model-text.ts'
import { nonEmpty } from './options.ts'
import { writeOut } from './output.ts'
import { addPlanOptions, countNumber, LEARNERS, type PlanOptions, planOf } from './plan-options.ts'
import { showStep } from './step.ts'
import { writeWhole } from './write-whole.ts'

interface TrainOptions extends PlanOptions {
  readonly manifest: readonly string[]
  readonly out: string
  readonly model?: string
  readonly leaveOut?: string
  readonly calibrate: Calibration
  readonly tune?: TuningPlan['search']
  readonly trials: number
  readonly tuneMetric: string
}

const EXAMPLES = `
Examples:
  wakeful train --manifest lab/MANIFEST.csv public/MANIFEST.csv -o models        the models that detection loads
  wakeful train --manifest lab/MANIFEST.csv --model boosting -o my.model         a model of novel exchanges
  wakeful train --manifest names.csv --model logistic --set l1=0.1 -o my.model   a table with the columns domain, label
  wakeful train --manifest M.csv --model forest --tune random --trials 20 -o my.model

Exit: 0 done; 64 wrong usage; 65 no labelled rows; 74 the file could not be written; 78 wrong configuration; 1 else.`

/** `wakeful train`: the shipped models from the manifests' train rows, or one model of the user's own. */
export function addTrain(program: Command): void {
  addPlanOptions(program.command('train'))
    .summary('train the detection models, or a model of your own')
    .description(
      'Trains on rows with split=train. Without --model: the language model, both arms of the query model and the ' +
        'fusion, into a folder that scan loads. With --model: one model into one file, with what was done to its ' +
        'rows, its calibration and lines drawn on rows held out by group.',
    )
    .requiredOption('--manifest <file...>', 'MANIFEST.csv files, or tables with labels')
    .requiredOption('-o, --out <path>', 'folder for the detection models; file for a model of your own', nonEmpty)
    .addOption(new Option('--model <model>', 'model to train').choices(LEARNERS))
    .option('--leave-out <family>', 'tool family to leave out of training')
    .addOption(
      new Option('--calibrate <how>', 'turn margins into probabilities').choices(CALIBRATIONS).default('platt'),
    )
    .addOption(new Option('--tune <search>', 'look for parameters that --set does not give').choices(SEARCHES))
    .option('--trials <n>', 'combinations to draw; of a grid, values of each range', countNumber, 12)
    .addOption(
      new Option('--tune-metric <metric>', 'what tuning makes large')
        .choices(metrics.map(({ name }) => name))
        .default('roc-auc'),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (options: TrainOptions) => {
      if (options.model === undefined) await trainShipped(options)
      else await trainOwn(options.model, options)
    })
}

async function trainShipped({ manifest, out, seed, leaveOut }: TrainOptions): Promise<void> {
  await withLabelled(() =>
    trainDetection({
      ...{ manifests: manifest, out, seed, log: (line) => process.stderr.write(`${line}\n`) },
      ...(leaveOut === undefined ? {} : { leaveOut: { tool: leaveOut } }),
    }),
  )
}

async function trainOwn(learner: string, options: TrainOptions): Promise<void> {
  const { arm, calibrate, seed, out } = options
  const report = await withLabelled(async () => {
    const data = await loadLabelled(options.manifest, options)
    const set = oneSet(data, options.kind)
    const how: ModelPlan = { plan: planOf(learner, options), arm, calibration: calibrate, seed }
    const { plan, tuning } = options.tune ? tuned(set, how, options) : { plan: how.plan, tuning: undefined }
    const file = trainModel(set, { ...how, plan }, manifestHash(data.rows))
    writeWhole(out, encodeModel(file))
    return [...(tuning ? [trialSection(tuning)] : []), ...modelSections(file)]
  })
  await writeOut([renderReport(report, 'table')])
}

function tuned(
  set: Parameters<typeof planTable>[0],
  { plan, arm, seed }: ModelPlan,
  { tune = 'grid', trials, tuneMetric }: TrainOptions,
): { plan: Plan; tuning: Tuning } {
  const table = planTable(set, { plan, arm })
  const examples = selectExamples(examplesOf(table), trainingRows(table))
  const search = { search: tune, trials, metric: tuneMetric }
  return tunePlan(examples, plan, table.categories, search, seed, (done, of, best) =>
    showStep(done - 1, of, `trials, best ${tuneMetric} ${best.mean.toFixed(4)}`),
  )
}
