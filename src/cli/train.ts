import { type Command, Option } from 'commander'
import type { DataSet } from '../datasets/data-set.ts'
import { trainingHash } from '../datasets/manifest-hash.ts'
import { renderReport } from '../evaluate/render.ts'
import { metrics } from '../learn/metric.ts'
import type { Tuning } from '../learn/tuning/tune.ts'
import { decodeModel, encodeModel } from '../models/model-file.ts'
import { CALIBRATIONS, type Calibration, type ModelPlan } from '../training/model-plan.ts'
import { trainDetection } from '../training/train-detection.ts'
import { planTable, trainingExamples, trainModel } from '../training/train-model.ts'
import { PACKET_NETS, type PacketNet } from '../training/train-packet-net.ts'
import { SEARCHES, type TuningPlan, tunePlan } from '../training/tune-plan.ts'
import { EXIT } from './exit.ts'
import { loadLabelled, oneSet, withLabelled } from './labelled-data.ts'
import { showLosses } from './loss-curve.ts'
import { modelSections, trialSection } from './model-text.ts'
import { nonEmpty } from './options.ts'
import { writeOut } from './output.ts'
import { addPlanOptions, countNumber, LEARNERS, METHODS, type PlanOptions, planOf } from './plan-options.ts'
import { showStep } from './step.ts'
import { writeWhole } from './write-whole.ts'

interface TrainOptions extends PlanOptions {
  readonly manifest: readonly string[]
  readonly out: string
  readonly model?: string
  readonly leaveOut?: string
  readonly packets?: PacketNet
  readonly select?: string
  readonly count: number
  readonly calibrate: Calibration
  readonly tune?: TuningPlan['search']
  readonly trials?: number
  readonly metric: string
}

/** Trials where nobody says how many: of a grid, values of each range, as a grid grows as their power. */
const TRIALS = { grid: 3, random: 12 } as const

const EXAMPLES = `
Examples:
  wakeful train --manifest lab/MANIFEST.csv public/MANIFEST.csv -o models        the models that detection loads
  wakeful train --manifest lab/MANIFEST.csv --model boosting -o my.model         a model of novel exchanges
  wakeful train --manifest names.csv --model logistic --set l1=0.1 -o my.model   a table with the columns domain, label
  wakeful train --manifest M.csv --model boosting --tune random --trials 20 -o my.model
  wakeful train --manifest M.csv --model logistic --select anova -k 8 --prepare winsorise standard -o my.model

Exit: 0 done; 64 wrong usage; 65 no labelled rows; 74 the file could not be written; 78 wrong configuration; 1 else.`

/** `wakeful train`: the shipped models from the manifests' train rows, or one model of the user's own. */
export function addTrain(command: Command): void {
  addPlanOptions(command)
    .description(
      'Trains on rows with split=train. Without --model: the language model, both arms of the query model and the ' +
        'fusion, into a folder that scan loads. With --model: one model into one file, with what was done to its ' +
        'rows, its calibration and lines drawn on rows held out by group; scan --model takes it, if it is calibrated ' +
        'and made of captures, logs or names.',
    )
    .requiredOption('--manifest <file...>', 'MANIFEST.csv files, or tables with labels')
    .requiredOption('-o, --out <path>', 'folder for the detection models; file for a model of your own', nonEmpty)
    .addOption(new Option('--model <model>', 'model to train').choices(LEARNERS))
    .addOption(new Option('--leave-out <family>', 'tool family to leave out of training').conflicts('model'))
    .addOption(
      new Option('--packets <net>', 'a net over octets beside the query model, which the score weighs too')
        .choices(PACKET_NETS)
        .conflicts('model'),
    )
    .addOption(new Option('--select <method>', 'choose features first, anew in each part').choices(METHODS))
    .option('-k, --count <n>', 'features to choose', countNumber, 10)
    .addOption(
      new Option('--calibrate <how>', 'turn margins into probabilities').choices(CALIBRATIONS).default('platt'),
    )
    .addOption(new Option('--tune <search>', 'look for parameters that --set does not give').choices(SEARCHES))
    .option(
      '--trials <n>',
      `combinations to draw, ${TRIALS.random} if absent; of a grid, values of each range, ${TRIALS.grid} if absent`,
      countNumber,
    )
    .addOption(
      new Option('--metric <metric>', 'what tuning and choosing make large')
        .choices(metrics.map(({ name }) => name))
        .default('roc-auc'),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (options: TrainOptions, command: Command) => {
      if (options.model !== undefined) return await trainOwn(options.model, options)
      const idle = command.options.find((option) => isOfOwnModel(command, option))
      if (idle) command.error(`${idle.long} goes with --model, a model of your own`, { exitCode: EXIT.usage })
      await trainShipped(options)
    })
}

/** Whether the user set what the shipped models have no use for: they are made in one way only. */
function isOfOwnModel(command: Command, option: Option): boolean {
  const name = option.attributeName()
  return (
    !['manifest', 'out', 'leaveOut', 'packets', 'seed'].includes(name) && command.getOptionValueSource(name) === 'cli'
  )
}

async function trainShipped({ manifest, out, seed, leaveOut, packets }: TrainOptions): Promise<void> {
  await withLabelled(() =>
    trainDetection({
      ...{ manifests: manifest, out, seed, packets, log: (line) => process.stderr.write(`${line}\n`) },
      ...(leaveOut === undefined ? {} : { leaveOut: { tool: leaveOut } }),
    }),
  )
}

async function trainOwn(learner: string, options: TrainOptions): Promise<void> {
  const { seed, out } = options
  const report = await withLabelled(async () => {
    const { rows, sets } = await loadLabelled(options.manifest, options)
    const set = oneSet(sets, options.kind)
    const asked = modelPlan(set, learner, options)
    const { how, tuning } = options.tune ? tuned(set, asked, options.tune, options) : { how: asked, tuning: undefined }
    const bytes = encodeModel(trainModel(set, how, seed, trainingHash(rows, set.kind), showLosses()))
    writeWhole(out, bytes)
    return [...(tuning ? [trialSection(tuning)] : []), ...modelSections(decodeModel(bytes))]
  })
  await writeOut([renderReport(report, 'table')])
}

function modelPlan({ kind }: DataSet, learner: string, options: TrainOptions): ModelPlan {
  const { arm, profile, calibrate, select, count, metric } = options
  const selection = select === undefined ? null : { method: select, metric, count }
  return {
    data: { kind, profile, arm },
    plan: { ...planOf(learner, options), selection },
    calibration: calibrate,
  }
}

function tuned(
  set: DataSet,
  how: ModelPlan,
  search: TuningPlan['search'],
  { trials = TRIALS[search], metric, seed }: TrainOptions,
): { how: ModelPlan; tuning: Tuning } {
  const table = planTable(set, how)
  const tuning = { search, trials, metric }
  const found = tunePlan(trainingExamples(table), how.plan, table.categories, tuning, seed, (done, of, best) =>
    showStep(done - 1, of, `trials, best ${metric} ${best.mean.toFixed(4)}`),
  )
  return { how: { ...how, plan: found.plan }, tuning: found.tuning }
}
